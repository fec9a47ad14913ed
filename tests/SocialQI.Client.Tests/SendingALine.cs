using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class SendingALine
{
    private readonly Outbox outbox = new();

    private Sending Add(string text, long after = 2)
    {
        var sending = new Sending(Guid.CreateVersion7(), Fever, Say(text), default, after);
        outbox.Add(sending);
        return sending;
    }

    [Fact]
    public void Stands_at_the_end_until_its_event_is_folded_in()
    {
        var sending = Add("one");
        outbox.Answered(sending.Id, new Answer(3, 3));
        outbox.Reconcile(Fever, Fold(Started, Opened), Ada);
        Assert.Equal((SendStage.Sent, 3L), (outbox.Lines(Fever).Single().Stage, outbox.Lines(Fever).Single().Number));
        outbox.Reconcile(Fever, Fold(Started, Opened, Said(3, "one", Ada)), Ada);
        Assert.Empty(outbox.All);
    }

    [Fact]
    public void Is_hidden_when_its_words_arrive_before_the_answer_and_goes_with_the_answer()
    {
        var sending = Add("one");
        var state = Fold(Started, Opened, Said(3, "one", Ada));
        outbox.Reconcile(Fever, state, Ada);
        Assert.Empty(outbox.Lines(Fever));
        Assert.Equal(sending.Id, outbox.Next(Fever)?.Id);
        outbox.Answered(sending.Id, new Answer(3, 3));
        outbox.Reconcile(Fever, state, Ada);
        Assert.Empty(outbox.All);
    }

    [Fact]
    public void The_same_words_by_somebody_else_or_from_before_hide_nothing()
    {
        Add("one", after: 3);
        outbox.Reconcile(Fever, Fold(Started, Opened, Said(3, "one", Ada), Said(4, "one", Ben)), Ada);
        Assert.Single(outbox.Lines(Fever));
    }

    [Fact]
    public void Two_with_the_same_words_are_two()
    {
        Add("one");
        Add("one");
        outbox.Reconcile(Fever, Fold(Started, Opened, Said(3, "one", Ada)), Ada);
        Assert.Single(outbox.Lines(Fever));
    }

    [Fact]
    public void Refused_it_stays_with_its_words_and_the_reason()
    {
        var sending = Add("one");
        outbox.Answered(sending.Id, Answer.No(Refusal.NotAllowed));
        var line = outbox.Lines(Fever).Single();
        Assert.Equal((SendStage.Refused, Refusal.NotAllowed, "one"), (line.Stage, line.Refusal, ((PostContribution)line.Command).Text));
        Assert.Null(outbox.Next(Fever));
    }

    [Fact]
    public void Tried_again_it_keeps_its_id()
    {
        var sending = Add("one");
        outbox.Answered(sending.Id, Answer.No(Refusal.StorageFull));
        outbox.TryAgain(sending.Id);
        Assert.Equal(sending.Id, outbox.Next(Fever)?.Id);
    }

    [Fact]
    public async Task Without_an_answer_it_is_asked_again_with_the_same_id_and_in_order()
    {
        List<(Guid Id, string Text)> asked = [];
        var sender = new Sender(
            outbox,
            (_, id, command) =>
            {
                asked.Add((id, command.GetProperty("text").GetString()!));
                return Task.FromResult(asked.Count <= 2 ? null : asked.Count == 3 ? Answer.No(Refusal.OutcomeUnknown) : new Answer(3, 3));
            },
            () => Task.CompletedTask,
            async _ => await Task.Yield());
        var (one, two) = (new Sending(Guid.CreateVersion7(), Fever, Say("one"), default, 2), new Sending(Guid.CreateVersion7(), Fever, Say("two"), default, 2));
        await Task.WhenAll(sender.Send(one), sender.Send(two));
        Assert.Equal([(one.Id, "one"), (one.Id, "one"), (one.Id, "one"), (one.Id, "one"), (two.Id, "two")], asked);
    }

    [Fact]
    public async Task Once_it_may_have_arrived_it_is_asked_about_until_that_is_known()
    {
        var asked = 0;
        var sender = new Sender(
            outbox,
            (_, _, _) => Task.FromResult<Answer?>(++asked == 1 ? Answer.No(Refusal.OutcomeUnknown) : asked <= 20 ? Answer.No(Refusal.NotNow) : new Answer(3, 3)),
            () => Task.CompletedTask,
            async _ => await Task.Yield());
        var answer = await sender.Send(new Sending(Guid.CreateVersion7(), Fever, Say("one"), default, 2));
        Assert.Equal((21, new Answer(3, 3)), (asked, answer));
    }

    [Fact]
    public async Task A_command_names_its_kind_on_the_wire()
    {
        JsonElement seen = default;
        var sender = new Sender(outbox, (_, _, command) => Task.FromResult<Answer?>((seen = command).ValueKind == JsonValueKind.Object ? new Answer(3, 3) : null), () => Task.CompletedTask, _ => Task.CompletedTask);
        await sender.Send(new Sending(Guid.CreateVersion7(), Fever, new React(3, Reaction.Agree), default, 3));
        Assert.Equal("react", seen.GetProperty("k").GetString());
        Assert.Empty(outbox.All);
    }
}
