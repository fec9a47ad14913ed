using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What one topic's event causes in another: a mention or a reply reaches the inbox of whom it concerns, if they may see it.</summary>
internal sealed class Reactions(Store store, IGrainFactory grains, TimeProvider clock) : ITailReader
{
    public string Name => "reactions";

    public async Task Read(IReadOnlyList<TailEvent> events, long position)
    {
        foreach (var tail in events)
        {
            switch (tail.Event.Kind)
            {
                case "contribution-posted" when tail.Event.Decode().Event is ContributionPosted posted:
                    await Note(tail, posted);
                    break;
                case "glass-broken":
                    await NoteGlass(tail);
                    break;
            }
        }
        await store.Tables.KeepTailPosition(Name, position, CancellationToken.None);
    }

    private async Task Note(TailEvent tail, ContributionPosted posted)
    {
        foreach (var person in posted.Mentions)
        {
            await Note(tail, person, MentionReason.Mention);
        }
        if (posted.ReplyToAuthor is { } author && !posted.Mentions.Contains(author))
        {
            await Note(tail, author, MentionReason.Reply);
        }
    }

    // The officers are told whether or not they may see the case: what they look into is who did.
    private async Task NoteGlass(TailEvent tail)
    {
        var now = Moment.Of(clock.GetUtcNow());
        var author = (await store.Journal.Read(tail.Topic, 1, 1, CancellationToken.None))[0].By;
        foreach (var person in (await store.Tables.PrivacyOfficers(tail.Topic.Home, now, CancellationToken.None)).Append(author).Distinct().Where(p => p != tail.Event.By))
        {
            await Send(tail, person, MentionReason.Glass, now);
        }
    }

    private async Task Note(TailEvent tail, ClinicianId person, MentionReason reason)
    {
        var now = Moment.Of(clock.GetUtcNow());
        if (person != tail.Event.By
            && Access.MaySee(await store.Tables.Passport(person, CancellationToken.None), await store.Tables.AudienceOf(tail.Topic, CancellationToken.None), now))
        {
            await Send(tail, person, reason, now);
        }
    }

    private async Task Send(TailEvent tail, ClinicianId person, MentionReason reason, Moment now)
    {
        var note = new NoteMention(tail.Topic, tail.Event.Number, tail.Event.By, reason);
        var answer = await grains.Ask(person.Topic, DerivedId.Of(tail.Topic, tail.Event.Number, person), note, Passport.OfOperator, now);
        if (answer.Refusal is { } refusal && refusal != Refusal.NotThere && refusal.Code is "outcome-unknown" or "busy" or "storage-full")
        {
            throw new IOException("A reaction could not be sent: " + refusal.Code);
        }
    }
}
