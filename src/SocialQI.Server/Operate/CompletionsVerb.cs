using System.CommandLine;

namespace SocialQI.Server.Operate;

/// <summary><c>completions</c>: what a shell reads so that it completes verbs, options and names. The answers come from this program itself, for what it understands.</summary>
[Door(Who.Operator)]
internal static class CompletionsVerb
{
    private const string Program = "SocialQI.Server";

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = $$"""
            _socialqi() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _socialqi {{Program}}
            """,
        ["zsh"] = $$"""
            _socialqi() {
                compadd -- ${(f)"$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} || _files
            }
            compdef _socialqi {{Program}}
            """,
        ["fish"] = $$"""
            complete -c {{Program}} -a '(set -l line (commandline -cp); set -l words (commandline -opc); $words[1] "[suggest:"(string length -- $line)"]" $line 2>/dev/null)'
            """,
    };

    public static System.CommandLine.Command Make()
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var verb = new System.CommandLine.Command("completions", $"Print what a shell completes with, as in: source <({Program} completions bash)") { shell };
        verb.SetAction(parsed => Console.WriteLine(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n")));
        return verb;
    }
}
