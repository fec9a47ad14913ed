using Xunit;

namespace SocialQI.Tests;

/// <summary>As a class, collection or assembly fixture.</summary>
public sealed partial class PrivatePostgres : IAsyncLifetime;
