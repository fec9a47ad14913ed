using SocialQI.Grains.Keeping;
using SocialQI.GrandRounds;

namespace SocialQI.Grains.Topics;

/// <summary>Tells once a minute who is here, where that is kept. People who are here on several devices, or came back, are here once.</summary>
internal sealed class Attending(Grain grain, IGrainFactory grains, TopicId topic, Interest interest, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly long since = clock.GetTimestamp();
    private TopicId? keptIn;
    private IGrainTimer? timer;

    /// <summary>Begins or ends.</summary>
    public void Mind(TopicId? keeper)
    {
        if (keeper == keptIn)
        {
            return;
        }
        keptIn = keeper;
        timer?.Dispose();
        timer = keeper is null ? null : grain.RegisterGrainTimer(Note, new() { DueTime = Lease.Lasts, Period = Minute, Interleave = true });
    }

    private async Task Note()
    {
        // After the loss of a silo the gateways have to say again who is there: until they must have, nobody has gone.
        if (keptIn is not { } keeper || clock.GetElapsedTime(since) < Lease.Lasts)
        {
            return;
        }
        var now = Moment.Of(clock.GetUtcNow());
        var here = interest.Here.Select(p => new Attendee(new ClinicianId(p.Person), p.Institution is null ? null : InstitutionId.Parse(p.Institution), interest.SinceOf(p.Person)));
        await grains.Ask(keeper, DerivedId.Of(topic, "attendance", now.Micros), new NoteAttendance([.. here]), Passport.OfOperator, now);
    }
}
