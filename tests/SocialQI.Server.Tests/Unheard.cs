using System.Security.Cryptography;

namespace SocialQI.Server.Tests;

/// <summary>Words that nobody has written before, and that no reader takes for anything else: digits in them might be somebody's number.</summary>
internal static class Unheard
{
    public static string Word(string begins) => begins + RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz", 24);
}
