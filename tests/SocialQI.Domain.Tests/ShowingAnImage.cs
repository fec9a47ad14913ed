using System.Text;
using SocialQI.Cases;
using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class ShowingAnImage
{
    public static readonly CaseImage Film = new(ImageHash.Of(new byte[32]), 1024, 768, ImageType.Jpeg, "Chest film, nodule in the left upper lobe");

    private readonly CaseHistory history = CaseHistory.OfOpenCase();

    public ShowingAnImage() => history.Kept.Add(Film.Kept);

    public static PostContribution Saying(params CaseImage[] images) => new(ContributionKind.Comment, "See the film.", null, default, null, [.. images]);

    [Fact]
    public void Is_seen_with_the_contribution()
    {
        Assert.Null(history.Ask(CaseHistory.Ben, Saying(Film)));
        Assert.Equal([Film], history.State.Shown.Find(3)!.Images);
    }

    [Fact]
    public void Is_seen_with_a_fact_of_a_draft()
    {
        var draft = new CaseHistory();
        draft.Kept.Add(Film.Kept);
        draft.Ask(CaseHistory.Ada, new StartCase("Noon", "Is it a nodule?"));
        Assert.Null(draft.Ask(CaseHistory.Ada, new AddFact(1, "Film.", [Film])));
        Assert.Equal([Film], draft.State.Shown.Find(2)!.Images);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void Without_a_description_is_refused_and_asked_for(string? alt) =>
        Assert.Equal(CaseRefusals.AltMissing, history.Ask(CaseHistory.Ben, Saying(Film with { Alt = alt! })));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    public void With_a_description_that_is_no_line_is_refused(string alt) =>
        Assert.Equal("bad-characters", history.Ask(CaseHistory.Ben, Saying(Film with { Alt = alt }))?.Code);

    [Fact]
    public void That_is_none_at_all_is_refused() => Assert.Equal(CaseRefusals.AltMissing, history.Ask(CaseHistory.Ben, Saying((CaseImage)null!)));

    [Fact]
    public void That_was_never_sent_here_is_refused() =>
        Assert.Equal(CaseRefusals.NoSuchImage, history.Ask(CaseHistory.Ben, Saying(Film with { Hash = ImageHash.Of([.. Enumerable.Repeat((byte)1, 32)]) })));

    [Fact]
    public void Of_another_size_than_it_has_is_refused() =>
        Assert.Equal(CaseRefusals.NoSuchImage, history.Ask(CaseHistory.Ben, Saying(Film with { Width = 1 })));

    [Fact]
    public void With_a_text_that_would_not_fit_one_message_with_it_is_refused()
    {
        Assert.Null(history.Ask(CaseHistory.Ben, Saying(Film) with { Text = new string('x', Contribution.TextLengthMax - Film.Alt.Length) }));
        Assert.Equal("too-long", history.Ask(CaseHistory.Ben, Saying(Film) with { Text = new string('x', Contribution.TextLengthMax) })?.Code);
    }

    [Fact]
    public void That_is_the_301st_of_its_case_is_refused_withdrawn_ones_counted()
    {
        foreach (var _ in Enumerable.Range(0, CaseState.ImagesMax / Contribution.ImagesMax))
        {
            Assert.Null(history.Ask(CaseHistory.Ben, Saying([.. Enumerable.Repeat(Film, Contribution.ImagesMax)])));
        }
        history.Ask(CaseHistory.Ben, new WithdrawContribution(3));
        Assert.Equal(CaseRefusals.TooManyImages, history.Ask(CaseHistory.Ben, Saying(Film)));
        Assert.Null(history.Ask(CaseHistory.Ben, Saying()));
        // The next activation counts the same.
        var rules = new CaseRules();
        Assert.Equal(CaseState.ImagesMax, rules.Thaw(history.Topic, rules.Freeze(history.State)).Index.Images);
    }

    [Fact]
    public void That_was_redacted_makes_room_for_another()
    {
        history.Ask(CaseHistory.Ben, Saying(Film, Film));
        Assert.Equal(2, history.State.Index.Images);
        Assert.Null(history.Ask(CaseHistory.Chief, new RedactText(3, RedactionGround.Identifiers)));
        Assert.Equal((0, 0), (history.State.Index.Images, history.ReadAfresh().Index.Images));
        Assert.Equal(Encoding.UTF8.GetString(Json.Encode(history.ReadAfresh().Shown)), Encoding.UTF8.GetString(Json.Encode(history.State.Shown)));
    }

    [Fact]
    public void Ends_with_withdrawing_the_contribution()
    {
        history.Ask(CaseHistory.Ben, Saying(Film));
        history.Ask(CaseHistory.Ben, new WithdrawContribution(3));
        Assert.True(history.State.Shown.Find(3)!.Images.IsDefault);
    }

    [Fact]
    public void Goes_on_when_the_text_is_written_anew()
    {
        history.Ask(CaseHistory.Ben, Saying(Film));
        history.Ask(CaseHistory.Ben, new EditContribution(3, "See this film."));
        Assert.Equal([Film], history.State.Shown.Find(3)!.Images);
    }

    [Fact]
    public void Leaves_contributions_without_one_as_they_were_written_before_there_were_any()
    {
        history.Ask(CaseHistory.Ben, Saying());
        Assert.DoesNotContain("images", Encoding.UTF8.GetString(Json.Encode(history.State.Shown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_asked_by_the_same_rule_before_there_is_a_contribution()
    {
        var student = CaseHistory.PassportOf(9, CaseHistory.Thornmere, InstitutionRole.Clinician, Grade.Student) with { SwitchedOff = [Policy.StudentsWrite] };
        var nobody = CaseHistory.PassportOf(8, CaseHistory.Thornmere, InstitutionRole.Clinician) with { Affiliations = [], Communities = [] };
        foreach (var step in new Command?[] { null, new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)), new CloseCase("It was.") })
        {
            Assert.True(step is null || history.Ask(CaseHistory.Ada, step) is null);
            foreach (var who in new[] { CaseHistory.Ada, CaseHistory.Ben, CaseHistory.Chief, student, nobody })
            {
                var before = CaseWriting.Refuse(history.State.Shown.Stage, history.State.Audience, who, new Moment(5_000));
                Assert.Equal(before, new CaseRules().Decide(history.State, new Attributed(Saying(Film), who, new Moment(5_000), null, history.Kept)).Refusal);
            }
        }
    }
}
