using System.IO.Pipelines;

namespace SocialQI.Server.Nodes;

internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
