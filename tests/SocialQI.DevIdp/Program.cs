using SocialQI.DevIdp;

// For looking at a sign-in by hand: the port, then somebody's name.
await using var idp = await Idp.Start(args is [var port, ..] ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : 5090);
foreach (var name in args.Skip(1))
{
    idp.Knows(name, ("name", name));
}
Console.WriteLine($"issuer {idp.Issuer} client {Idp.Client} secret {Idp.Secret}");
await new TaskCompletionSource().Task;
