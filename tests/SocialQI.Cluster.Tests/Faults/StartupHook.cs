using System.Diagnostics;
using System.Runtime.Loader;

#pragma warning disable CA1050 // .NET calls the type of this name that has no namespace, in a process whose environment names this assembly
/// <summary>Ends a service's process from within at the moment that a file names: the file is there when it is time.</summary>
internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
#pragma warning restore CA1050
{
    /// <summary>Names the folder where a file with a moment's name is put.</summary>
    public const string Folder = "SOCIALQI_TEST_MOMENTS";

    /// <summary>The moment that is only begun when it is told: the end comes a little later.</summary>
    public const string Lasting = "during-commit";

    private static readonly TimeSpan ALittle = TimeSpan.FromMilliseconds(1);

    private readonly string folder = Environment.GetEnvironmentVariable(Folder)!;

    public static void Initialize()
    {
        // The service looks through all assemblies that are loaded: what this one refers to is found beside it.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, name.Name + ".dll") is var beside && File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        DiagnosticListener.AllListeners.Subscribe(new StartupHook());
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "SocialQI.Moments")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (!File.Exists(Path.Combine(folder, value.Key)))
        {
            return;
        }
        if (value.Key == Lasting)
        {
            new Thread(() =>
            {
                Thread.Sleep(Random.Shared.NextDouble() * ALittle);
                End();
            }).Start();
            return;
        }
        End();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void End()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
