using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SocialQI.Server.Auditing;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Operate;

/// <summary>
/// <c>audit verify</c>: recomputes every chain of events and of the audit, compares them with the signed checkpoints, and names the first bad row.
/// <c>audit key</c>: the key that checkpoints are verified with.
/// </summary>
[Door(Who.Operator)]
internal static class AuditVerb
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static System.CommandLine.Command Make()
    {
        return new("audit", "Verify the journal and the audit, or print the key that their checkpoints are verified with.") { Verify(), Key() };
    }

    private static System.CommandLine.Command Verify()
    {
        var chains = new ChainOptions();
        var verb = new System.CommandLine.Command("verify", "Recompute every chain and compare it with the checkpoints; name the first bad row. The service may run meanwhile.");
        chains.AddTo(verb);
        verb.SetAction(async (parsed, stop) =>
        {
            var (verdict, fault) = await chains.Verify(parsed, stop);
            return verdict is null ? OperatorClient.Fail(fault!) : Tell(verdict, parsed.GetValue(chains.Json));
        });
        return verb;
    }

    private static System.CommandLine.Command Key()
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => "./data" };
        var verb = new System.CommandLine.Command("key", "Print the public key. Note it where nobody on this machine can change it.") { data };
        verb.SetAction(parsed =>
        {
            var file = new AuditOptions().KeyIn(parsed.GetValue(data)!) + ".pub";
            if (!File.Exists(file))
            {
                return OperatorClient.Fail($"There is no key yet in {file}: the service makes it when it starts.");
            }
            Console.WriteLine(File.ReadAllText(file).Trim());
            return 0;
        });
        return verb;
    }

    /// <summary>Tells a verdict; the exit code is 1 when there is a bad row.</summary>
    internal static int Tell(Verdict verdict, bool isJson)
    {
        var rate = (verdict.Events + verdict.Rows) / Math.Max(verdict.Seconds, 0.001);
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(verdict, Indented)
            : string.Create(CultureInfo.InvariantCulture,
                $"{verdict.Events} events in {verdict.Topics} topics, {verdict.Rows} rows of the audit in {verdict.Chains} chains, {verdict.Checkpoints} checkpoints: {verdict.Seconds:f1} s, {rate:f0} rows/s"));
        if (!isJson && verdict.Restored > 0)
        {
            Console.WriteLine($"Restored from a copy: {verdict.Restored}. Checkpoints that saw what such a copy had not, which is lost: {verdict.Lost}.");
        }
        if (verdict.Bad is not { } bad)
        {
            return 0;
        }
        Console.Error.WriteLine($"First bad row: {bad.Table}, {bad.Chain}, number {bad.Number}: {bad.Wrong}.");
        return 1;
    }
}
