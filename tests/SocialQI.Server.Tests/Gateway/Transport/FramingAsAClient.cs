using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests.Gateway.Transport;

/// <summary>Frames that a client may send, and those that it may not: they end its connection, with the protocol's own reason.</summary>
public sealed class FramingAsAClient(TheService service) : IAsyncLifetime
{
    private const string Ask = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[[]]}\u001e";
    private Somebody ada = null!;

    public async ValueTask InitializeAsync() => ada = await service.Register(TheService.NorthHarbour);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task In_parts_with_pings_between_is_heard_as_one()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        for (var i = 0; i < Ask.Length; i++)
        {
            await line.Frame(i == 0 ? 1 : 0, Ask[i].ToString(), isLast: i == Ask.Length - 1);
            if (i % 10 == 0)
            {
                await line.Frame(9, $"here {i}");
                Assert.Equal((10, $"here {i}"), await line.HearText());
            }
        }
        Assert.Contains("\"type\":3", (await line.HearText())?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_comes_byte_by_byte_is_heard()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        // Not masked in effect: its key is zero.
        byte[] frame = [0x81, (byte)(0x80 | Ask.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Ask)];
        foreach (var b in frame)
        {
            await line.Send([b]);
        }
        Assert.Contains("\"type\":3", (await line.HearText())?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_over_when_the_client_is_told_to_move_and_it_may_come_back()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(1, Ask);
        Assert.Contains("\"type\":3", (await line.HearText())?.Text, StringComparison.Ordinal);

        service.Services.GetRequiredService<Rounds>().Connections.Single(c => c.Person == ada.Id).Move();

        Assert.Matches("\"type\":7.*\"allowReconnect\":true", (await line.HearText())?.Text);
        Assert.Equal(1000, await line.Closing());
    }

    [Fact]
    public async Task With_an_empty_ping_is_answered_at_once()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(9, []);
        Assert.Equal((10, ""), await line.HearText());
    }

    [Fact]
    public async Task With_a_close_gets_its_code_back()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(8, [0x03, 0xe9]);
        Assert.Equal(1001, await line.Closing());
        Assert.Null(await line.Hear());
    }

    [Fact]
    public async Task Without_a_mask_ends_with_1002()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(1, Encoding.ASCII.GetBytes(Ask), isMasked: false);
        Assert.Equal(1002, await line.Closing());
    }

    [Theory]
    [InlineData(3, true, 0, 1)]
    [InlineData(11, true, 0, 1)]
    [InlineData(1, true, 0x40, 1)]
    [InlineData(0, true, 0, 1)]
    [InlineData(9, false, 0, 1)]
    [InlineData(9, true, 0, 126)]
    public async Task Against_the_protocol_ends_with_1002(int kind, bool isLast, int reserved, int length)
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(kind, new byte[length], isLast, reserved: reserved);
        Assert.Equal(1002, await line.Closing());
    }

    [Fact]
    public async Task With_a_message_inside_another_ends_with_1002()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(1, "{", isLast: false);
        await line.Frame(1, Ask);
        Assert.Equal(1002, await line.Closing());
    }

    [Theory]
    [InlineData(new byte[] { 0xc3, 0x28 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public async Task With_a_text_that_is_none_ends_with_1007(byte[] text)
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Frame(1, text);
        Assert.Equal(1007, await line.Closing());
    }

    [Fact]
    public async Task That_cuts_a_character_is_heard()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        var text = Encoding.UTF8.GetBytes("{\"type\":6,\"x\":\"心é𝄞\"}\u001e");
        for (var i = 0; i < text.Length; i++)
        {
            await line.Frame(i == 0 ? 1 : 0, [text[i]], isLast: i == text.Length - 1);
        }
        await line.Frame(1, Ask);
        Assert.Contains("\"type\":3", (await line.HearText())?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_frame_that_promises_gigabytes_ends_when_it_is_too_much()
    {
        await using var line = await RawLine.Greet(service.Address, ada.Cookie);
        await line.Send([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        await line.Send(Encoding.ASCII.GetBytes(new string('[', 64 * 1024)));
        Assert.NotEqual(0, await line.Closing());
    }

    [Fact]
    public async Task Before_any_greeting_ends_with_an_error()
    {
        await using var line = await RawLine.Connect(service.Address, ada.Cookie);
        await line.Frame(1, "Quetzal\u001e");
        Assert.Equal(1000, await line.Closing());
    }
}
