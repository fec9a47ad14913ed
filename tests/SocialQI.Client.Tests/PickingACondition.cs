using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Client.Frame.Languages;
using SocialQI.Client.Live;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Client.Tests;

/// <summary>The condition of a case while it is written: found by what is typed, chosen by keyboard or pointer, kept as free text when there is none.</summary>
public sealed class PickingACondition : BunitContext
{
    private static readonly ConditionLine Infarction = new("I21.9", "Acute myocardial infarction", "MI");
    private static readonly ConditionLine Migraine = new("G43.909", "Migraine", null);
    private static readonly ConditionLine Wordy = new("V00.0", new string('x', Condition.TextLengthMax + 50), null);

    private readonly Register register = new();
    private readonly WrittenCase written = new();

    public PickingACondition()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        Services.AddSingleton(new HttpClient(register) { BaseAddress = new Uri("http://localhost/") });
        Services.AddSingleton<Api>().AddTexts();
    }

    [Fact]
    public async Task Asks_for_what_is_typed_and_shows_names_and_codes()
    {
        var fields = Show();
        await Type(fields, "mi");
        Assert.Equal("api/conditions?q=mi", register.Asked);

        await Answered(fields, Infarction, Migraine);

        var options = fields.FindAll("[role=option]");
        Assert.Equal(["Acute myocardial infarction I21.9 · MI", "Migraine G43.909"], options.Select(o => Words(o.TextContent)));
        var box = fields.Find("#condition");
        Assert.Equal(
            ("combobox", "true", "condition-found", "condition-0", "list"),
            (box.GetAttribute("role"), box.GetAttribute("aria-expanded"), box.GetAttribute("aria-controls"), box.GetAttribute("aria-activedescendant"), box.GetAttribute("aria-autocomplete")));
        Assert.Equal("open", State(fields));
    }

    [Fact]
    public async Task By_the_keyboard_moves_round_the_list_and_takes_with_enter()
    {
        var fields = Show();
        await Type(fields, "mi");
        await Answered(fields, Infarction, Migraine);

        await Press(fields, "ArrowUp");
        Assert.Equal("condition-1", fields.Find("#condition").GetAttribute("aria-activedescendant"));
        Assert.Equal(["false", "true"], fields.FindAll("[role=option]").Select(o => o.GetAttribute("aria-selected")));
        await Press(fields, "ArrowDown");
        await Press(fields, "ArrowDown");
        await Press(fields, "Enter");

        Assert.Equal(new Condition("G43.909", "Migraine"), written.Named);
        Assert.Equal(("closed", "false", "Migraine"), (State(fields), fields.Find("#condition").GetAttribute("aria-expanded"), fields.Find("#condition").GetAttribute("value")));
        Assert.Contains("G43.909", fields.Find("#condition-said").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_a_click_takes_it()
    {
        var fields = Show();
        await Type(fields, "mi");
        await Answered(fields, Infarction, Migraine);
        await fields.InvokeAsync(() => fields.Find("[role=option]").ClickAsync());
        Assert.Equal(new Condition("I21.9", "Acute myocardial infarction"), written.Named);
    }

    [Fact]
    public async Task With_a_title_longer_than_a_condition_can_be_takes_its_beginning()
    {
        var fields = Show();
        await Type(fields, "xx");
        await Answered(fields, Wordy);
        await Press(fields, "Enter");
        Assert.Equal(Condition.TextLengthMax, written.Condition.Length);
    }

    [Fact]
    public async Task Typed_on_by_hand_loses_the_code()
    {
        (written.Condition, written.Code) = ("Migraine", "G43.909");
        var fields = Show();
        await Type(fields, "Migraine, I think");
        Assert.Equal(new Condition(null, "Migraine, I think"), written.Named);
    }

    [Fact]
    public async Task Of_which_the_list_knows_nothing_offers_to_keep_it_as_free_text()
    {
        var fields = Show();
        await Type(fields, "wandering spleen ");
        await Answered(fields);
        Assert.Equal("none", State(fields));
        Assert.Contains("“wandering spleen”", fields.Find("[role=option]").TextContent, StringComparison.Ordinal);
        await Press(fields, "Enter");
        Assert.Equal("closed", State(fields));
        Assert.Equal(new Condition(null, "wandering spleen"), written.Named);
    }

    [Fact]
    public async Task With_Escape_closes_the_list_and_keeps_the_text()
    {
        var fields = Show();
        await Type(fields, "mi");
        await Answered(fields, Infarction);
        await Press(fields, "Escape");
        Assert.Equal("closed", State(fields));
        Assert.Empty(fields.FindAll("[role=option]"));
        Assert.Equal("mi", written.Condition);
    }

    [Fact]
    public async Task Answers_the_last_question_only()
    {
        var fields = Show();
        await Type(fields, "mi");
        var first = register.Waiting;
        await Type(fields, "migr");
        Assert.True(first.IsGivenUp, "The first question was not given up.");

        await Answered(fields, Migraine);
        first.Answer([Infarction]);
        await fields.InvokeAsync(() => { });

        Assert.Equal("Migraine G43.909", Words(Assert.Single(fields.FindAll("[role=option]")).TextContent));
    }

    [Fact]
    public async Task When_the_list_cannot_be_reached_says_so_and_keeps_the_text()
    {
        var fields = Show();
        await Type(fields, "mi");
        register.Waiting.Fail();
        fields.WaitForAssertion(() => Assert.Equal("offline", State(fields)));
        Assert.Contains("cannot be reached", fields.Find("#condition-said").TextContent, StringComparison.Ordinal);
        Assert.Equal(new Condition(null, "mi"), written.Named);
    }

    [Fact]
    public async Task Does_not_ask_for_a_single_letter()
    {
        var fields = Show();
        await Type(fields, "m");
        Assert.Null(register.Asked);
        Assert.Equal("closed", State(fields));
    }

    [Fact]
    public async Task Left_for_another_field_closes_the_list()
    {
        var fields = Show();
        await Type(fields, "mi");
        await Answered(fields, Infarction);
        await fields.InvokeAsync(() => fields.Find("#condition").BlurAsync(new FocusEventArgs()));
        Assert.Equal("closed", State(fields));
    }

    private IRenderedComponent<CaseFields> Show() => Render<CaseFields>(p => p.Add(f => f.Into, written));

    private static Task Type(IRenderedComponent<CaseFields> fields, string text) => fields.InvokeAsync(() => { _ = fields.Find("#condition").InputAsync(text); });

    private static Task Press(IRenderedComponent<CaseFields> fields, string key) => fields.InvokeAsync(() => fields.Find("#condition").KeyDownAsync(new KeyboardEventArgs { Key = key }));

    private Task Answered(IRenderedComponent<CaseFields> fields, params ConditionLine[] lines)
    {
        register.Waiting.Answer(lines);
        fields.WaitForAssertion(() => Assert.Equal("true", fields.Find("#condition").GetAttribute("aria-expanded")));
        return Task.CompletedTask;
    }

    private static string? State(IRenderedComponent<CaseFields> fields) => fields.Find("[data-testid=condition-picker]").GetAttribute("data-state");

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The server, which answers when the test says so.</summary>
    private sealed class Register : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        public Question Waiting { get; private set; } = null!;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri!.PathAndQuery.TrimStart('/');
            Waiting = new Question(cancellationToken);
            return Waiting.Answered;
        }
    }

    private sealed class Question
    {
        private readonly TaskCompletionSource<HttpResponseMessage> answer = new();
        private readonly CancellationToken giveUp;

        public Question(CancellationToken giveUp)
        {
            this.giveUp = giveUp;
            giveUp.Register(() => answer.TrySetCanceled(giveUp));
        }

        public Task<HttpResponseMessage> Answered => answer.Task;

        public bool IsGivenUp => giveUp.IsCancellationRequested;

        public void Answer(ConditionLine[] lines) =>
            answer.TrySetResult(new(HttpStatusCode.OK) { Content = new StringContent(Encoding.UTF8.GetString(Json.Encode(lines)), Encoding.UTF8, "application/json") });

        public void Fail() => answer.TrySetException(new HttpRequestException("There is no way to the server."));
    }
}
