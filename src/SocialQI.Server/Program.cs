using System.CommandLine;
using SocialQI.Server.Backups;
using SocialQI.Server.Import;
using SocialQI.Server.Operate;
using SocialQI.Server.Operate.Doctoring;
using SocialQI.Server.Terminology;
using SocialQI.Server.Transfer;

var root = new RootCommand("SocialQI: collaborative rounds for networks of hospitals. Without a verb it serves.") { TreatUnmatchedTokensAsErrors = false };
root.SetAction((parsed, stop) => Service.Run(args, stop));
root.Subcommands.Add(ImportVerb.Make());
root.Subcommands.Add(SetupVerb.Make());
root.Subcommands.Add(RebuildVerb.Make());
root.Subcommands.Add(TerminologyVerb.Make());
root.Subcommands.Add(AuditVerb.Make());
root.Subcommands.Add(VerifyVerb.Make());
root.Subcommands.Add(DoctorVerb.Make());
root.Subcommands.Add(MigrateVerb.Make());
root.Subcommands.Add(DrainVerb.Make());
root.Subcommands.Add(NodesVerb.Make());
root.Subcommands.Add(TopicsVerb.Make());
root.Subcommands.Add(BackupVerb.Make());
root.Subcommands.Add(RestoreVerb.Make());
root.Subcommands.Add(ExportVerb.Make());
root.Subcommands.Add(AdoptVerb.Make());
root.Subcommands.Add(CompletionsVerb.Make());
// The host ends the service on a signal, and takes the time it needs; the parser would cut it off after two seconds.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
