using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Panels;

namespace SocialQI;

/// <summary>What is left of an event whose payload was destroyed: its kind, and what its header says it is about. Kinds not named here hold no patient's text and cannot be redacted.</summary>
internal static class Blank
{
    public static TopicEvent? Of(string kind, long? re) => kind switch
    {
        "case-started" => new CaseStarted("", "", null, []),
        "hallway-started" => new HallwayStarted("", new Visibility(VisibilityKind.Named), []),
        "case-promoted" => new CasePromoted("", "", null, []),
        "case-revised" => new CaseRevised("", "", null),
        "section-revised" => new SectionRevised(new Section((SectionKind)(re ?? 0), "")),
        "case-closed" => new CaseClosed(""),
        "case-reopened" => new CaseReopened(""),
        "fact-added" => new FactAdded(0, ""),
        "contribution-posted" => new ContributionPosted(ContributionKind.Comment, "", null, null, [], null, null),
        "contribution-edited" => new ContributionEdited(re ?? 0, ""),
        "glass-broken" => new GlassBroken("", default),
        "outcome-expected" => new OutcomeExpected("", default, default),
        "outcome-recorded" => new OutcomeRecorded(new([], [], "", Fared.NotKnown)),
        "outcome-revised" => new OutcomeRevised(new([], [], "", Fared.NotKnown), ""),
        "questions-left" => new QuestionsLeft(default, []),
        "question-asked" => new QuestionAsked(""),
        "anonymous-question-asked" => new AnonymousQuestionAsked("", 0, null),
        "question-answered" => new QuestionAnswered(re ?? 0, ""),
        "question-dismissed" => new QuestionDismissed(re ?? 0, ""),
        "decision-recorded" => new DecisionRecorded(""),
        "action-recorded" => new ActionRecorded("", default, default),
        "action-settled" => new ActionSettled(re ?? 0, ""),
        "rounds-cancelled" => new RoundsCancelled(""),
        "panel-said" => new PanelSaid(""),
        _ => null,
    };
}
