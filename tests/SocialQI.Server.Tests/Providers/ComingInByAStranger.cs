using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using SocialQI.DevIdp;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>A provider that somebody else wrote, in another language: npm's oidc-provider, which tells names at its user-info endpoint only.</summary>
public sealed partial class ComingInByAStranger(TheService service) : IAsyncLifetime
{
    private const string Hint = "There is no npm. Install it with: apt-get install --no-install-recommends nodejs npm";

    /// <summary>How long anything may take before the test fails. A slow machine is no failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-oidc-").FullName;
    private Hospital hospital = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Found(service);

    public async ValueTask DisposeAsync()
    {
        await hospital.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Makes_them_what_it_says_at_its_user_info_endpoint()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(ServerProcess.Root, "tests/Samples/oidc-provider")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        using var install = Start("npm", "ci", "--no-audit", "--no-fund");
        await install.WaitForExitAsync(Stop).WaitAsync(Patience, Stop);
        Assert.True(install.ExitCode == 0, "npm ci failed.");

        var port = FreePort.Next();
        using var provider = Start("node", "provider.mjs", $"{port}", new Uri(service.Address, $"sign-in/back/{hospital.Provider}").ToString(), Idp.Secret);
        try
        {
            while (await provider.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(Patience, Stop) is { } line && !line.StartsWith("issuer ", StringComparison.Ordinal))
            {
            }
            await SignIn($"http://127.0.0.1:{port}");
        }
        finally
        {
            provider.Kill(entireProcessTree: true);
            await provider.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task SignIn(string issuer)
    {
        var mapping = Hospital.Mapping with { Specialty = new("Medicine", [new("CARD", "Cardiology")], "department") };
        Assert.Equal(HttpStatusCode.OK, await hospital.Set(hospital.Usual with { Issuer = issuer, Mapping = mapping }));
        using var noor = new Traveller(service);
        var (to, refused) = await noor.Go(hospital);
        Assert.Null(refused);
        Assert.Equal(("/cases", null), await noor.Return(await ThroughItsPages(noor, to!)));
        var me = (await noor.Me())!;
        Assert.Equal(InstitutionRole.Clinician, Assert.Single(me.Affiliations).Role);
        Assert.Equal(("Doctor noor", "Cardiology", Clinicians.Grade.Other), await hospital.Described(me.Id));
    }

    // Its pages for development: who one is, then whether this service may know.
    private static async Task<Uri> ThroughItsPages(Traveller noor, Uri to)
    {
        const int StepsMax = 12;
        for (var step = 0; step < StepsMax && !to.AbsolutePath.StartsWith("/sign-in/back/", StringComparison.Ordinal); step++)
        {
            using var page = await noor.Http.GetAsync(to, Stop);
            if (page.Headers.Location is { } on)
            {
                to = new Uri(to, on);
                continue;
            }
            var html = await page.Content.ReadAsStringAsync(Stop);
            using var form = new FormUrlEncodedContent([new("prompt", Prompt().Match(html).Groups[1].Value), new("login", "noor"), new("password", "anything")]);
            using var answer = await noor.Http.PostAsync(new Uri(to, Action().Match(html).Groups[1].Value), form, Stop);
            to = new Uri(to, answer.Headers.Location ?? throw new InvalidOperationException(html));
        }
        return to;
    }

    private Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("SOCIALQI_ALLOW_SKIP") is { Length: > 0 }, Hint);
            Assert.Fail(Hint);
            throw;
        }
    }

    [GeneratedRegex("name=\"prompt\" value=\"(\\w+)\"")]
    private static partial Regex Prompt();

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
