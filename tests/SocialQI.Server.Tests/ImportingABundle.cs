using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SocialQI.Server.Import;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests;

/// <summary>The import as a program calls it: what comes in becomes a draft of who is signed in, what does not is refused by name, and then nothing is left of it.</summary>
public sealed class ImportingABundle(TheService service)
{
    [Fact]
    public async Task Makes_a_draft_that_only_its_author_sees()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        using var http = service.Client(ada);
        // Larger than any other body may be.
        var bundle = Bundle(Ada, Stay) + new string(' ', 4 * Api.ApiEndpoints.BodyBytesMax);
        using var answer = await http.PostAsync("api/import?as=ines.falkner&user=ines.falkner", new StringContent(bundle), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var imported = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var topic = TopicId.Parse(imported["topic"]!.GetValue<string>());
        Assert.Equal(TheService.NorthHarbour, topic.Home);
        Assert.Equal(ada.Id, (await service.Journal.Read(topic, 1, 1, TestContext.Current.CancellationToken))[0].By);
        using var others = service.Client(ben);
        using var nothing = await others.GetAsync($"api/topics/{topic}", TestContext.Current.CancellationToken);
        Assert.Equal("not-there", await nothing.Code());
    }

    [Fact]
    public async Task In_an_authors_name_is_the_operators_to_do()
    {
        using var http = service.OperatorClient();
        using var answer = await http.PostAsync("api/import-as?user=jun.averill", new StringContent(Bundle(Ada, Stay)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var topic = TopicId.Parse(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["topic"]!.GetValue<string>());
        Assert.Equal((await service.Demo("jun.averill")).Id, (await service.Journal.Read(topic, 1, 1, TestContext.Current.CancellationToken))[0].By);
        using var refused = await http.PostAsync("api/import-as?user=nobody", new StringContent(Bundle(Ada, Stay)), TestContext.Current.CancellationToken);
        Assert.Equal("no-such-user", await refused.Code());
    }

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { "an empty file", "not-a-bundle", [] },
        { "no JSON", "not-a-bundle", "Quetzal"u8.ToArray() },
        { "XML", "not-a-bundle", "<Bundle>Quetzal</Bundle>"u8.ToArray() },
        { "another resource", "not-a-bundle", """{"resourceType":"Patient","name":[{"family":"Quetzal"}]}"""u8.ToArray() },
        { "half a file", "malformed-json", """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"Quetzal"""u8.ToArray() },
        { "a literal that is none", "malformed-json", """{"resourceType":"Bundle","entry":[tQuetzal]}"""u8.ToArray() },
        { "an empty bundle", "empty-bundle", """{"resourceType":"Bundle"}"""u8.ToArray() },
        { "nesting", "too-deep", Encoding.ASCII.GetBytes("""{"resourceType":"Bundle","entry":""" + new string('[', 10_000) + new string(']', 10_000) + "}") },
        { "a zip bomb", "not-a-bundle", Zipped() },
        { "a gzip bomb", "not-a-bundle", Gzipped() },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task That_is_none_is_refused_by_name(string what, string code, byte[] content)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        using var http = service.Client(ada);
        var before = await service.Journal.Position(TestContext.Current.CancellationToken);
        using var answer = await http.PostAsync("api/import", new ByteArrayContent(content), TestContext.Current.CancellationToken);
        Assert.True(code == await answer.Code(), what);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.DoesNotContain(await service.Journal.Tail(before, 10_000, TestContext.Current.CancellationToken), e => e.Event.By == ada.Id);
    }

    [Fact]
    public async Task That_says_it_is_too_large_is_refused_before_it_is_read()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(service.Address.Host, service.Address.Port, TestContext.Current.CancellationToken);
        var cookie = (await service.Register(TheService.NorthHarbour)).Cookie;
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/import HTTP/1.1\r\nHost: {service.Address.Authority}\r\nCookie: {cookie}\r\nContent-Length: {BundleBytes.LengthMax + 1}\r\n\r\n{{"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tcp.GetStream(), Encoding.ASCII);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await Waiting.For("the refusal", reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()));
    }

    [Fact]
    public async Task That_is_too_large_and_does_not_say_so_is_refused_once_it_is()
    {
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        var bytes = new byte[BundleBytes.LengthMax + (512 * 1024)];
        bytes.AsSpan().Fill((byte)' ');
        bytes[0] = (byte)'{';
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/import") { Content = new StreamContent(new MemoryStream(bytes)) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too-large", await answer.Code());
    }

    [Fact]
    public async Task By_nobody_is_refused_before_it_is_read()
    {
        using var http = service.Client();
        using var answer = await http.PostAsync("api/import", new StringContent(Bundle(Ada, Stay)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static byte[] Zipped()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("bundle.json", CompressionLevel.Fastest).Open();
            entry.Write(Encoding.UTF8.GetBytes(Bundle(Ada, Stay) + new string(' ', 20_000_000)));
        }
        return packed.ToArray();
    }

    private static byte[] Gzipped()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Bundle(Ada, Stay) + new string(' ', 20_000_000)));
        }
        return packed.ToArray();
    }
}
