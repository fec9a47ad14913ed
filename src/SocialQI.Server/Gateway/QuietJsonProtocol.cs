using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace SocialQI.Server.Gateway;

/// <summary>
/// SignalR's JSON protocol, but that what cannot be read ends the connection without being quoted: the reader's exception holds words of what was written
/// and is logged. A message of a type that there is not ends it as well; the framework would read nothing after it, and say nothing.
/// </summary>
internal sealed class QuietJsonProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private readonly JsonHubProtocol json = new(options);

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var waiting = input.Length;
        try
        {
            if (json.TryParseMessage(ref input, binder, out var read))
            {
                message = Understood(read);
                return true;
            }
            message = null;
            return input.Length < waiting ? throw new InvalidDataException("There is no message of this type.") : false;
        }
        catch (InvalidDataException e) when (e.InnerException is not null)
        {
            throw new InvalidDataException("This is no message.");
        }
    }

    // A call of what there is not, or with other arguments, or for a stream, where there are none: no filter of the hub would see it.
    private static HubMessage Understood(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage failed => new InvocationMessage(failed.InvocationId, nameof(RoundsHub.Misspoken), []),
        StreamInvocationMessage stream => new InvocationMessage(stream.InvocationId, nameof(RoundsHub.Misspoken), []),
        _ => message,
    };

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(message);
}
