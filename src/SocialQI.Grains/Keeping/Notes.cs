using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.GrandRounds;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What reaches an inbox: a mention or a reply, if whom it concerns may see it; that somebody saw a case in an emergency; that a seat is asked to enter; that an action or an outcome is late.</summary>
internal sealed class Notes(Store store) : IReaction
{
    public async Task To(TailEvent tail, Moment now, SendReaction send)
    {
        switch (tail.Event.Kind)
        {
            case "contribution-posted" when tail.Event.Decode().Event is ContributionPosted posted:
                await Note(tail, posted, now, send);
                break;
            case "ballot-called" when tail.Event.Decode().Event is BallotCalled called:
                foreach (var seat in called.Terms.Seats.OrEmpty().Except(called.Recused.OrEmpty()))
                {
                    await Note(tail, seat, MentionReason.Seat, now, send);
                }
                break;
            case "glass-broken":
                await NoteGlass(tail, now, send);
                break;
            case "action-overdue" when tail.Event.Decode().Event is ActionOverdue late:
                await send(late.Owner.Topic, late.Owner, new NoteMention(tail.Topic, late.Number, tail.Event.By, MentionReason.Action));
                break;
            case "outcome-overdue" when tail.Event.Decode().Event is OutcomeOverdue { Reminded: > 0 } late:
                await Send(tail, late.Who, MentionReason.OutcomeOverdue, send);
                break;
        }
    }

    private async Task Note(TailEvent tail, ContributionPosted posted, Moment now, SendReaction send)
    {
        foreach (var person in posted.Mentions)
        {
            await Note(tail, person, MentionReason.Mention, now, send);
        }
        if (posted.ReplyToAuthor is { } author && !posted.Mentions.Contains(author))
        {
            await Note(tail, author, MentionReason.Reply, now, send);
        }
    }

    // The officers are told whether or not they may see the case: what they look into is who did.
    private async Task NoteGlass(TailEvent tail, Moment now, SendReaction send)
    {
        var author = (await store.Journal.Read(tail.Topic, 1, 1, CancellationToken.None))[0].By;
        foreach (var person in (await store.Tables.PrivacyOfficers(tail.Topic.Home, now, CancellationToken.None)).Append(author).Distinct().Where(p => p != tail.Event.By))
        {
            await Send(tail, person, MentionReason.Glass, send);
        }
    }

    private async Task Note(TailEvent tail, ClinicianId person, MentionReason reason, Moment now, SendReaction send)
    {
        if (person != tail.Event.By
            && Access.MaySee(await store.Tables.Passport(person, CancellationToken.None), await store.Tables.AudienceOf(tail.Topic, CancellationToken.None), now))
        {
            await Send(tail, person, reason, send);
        }
    }

    private static Task Send(TailEvent tail, ClinicianId person, MentionReason reason, SendReaction send) =>
        send(person.Topic, person, new NoteMention(tail.Topic, tail.Event.Number, tail.Event.By, reason));
}
