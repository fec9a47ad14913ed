using SocialQI.Clinicians;
using SocialQI.Institutions;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>What an institution's provider says of somebody becomes what the institution says it means, and no more.</summary>
public sealed class ReadingClaims
{
    private static readonly ClaimMapping Mapping = new(
        new("Medicine", [new("CARD", "Cardiology")], "dept"),
        new(Grade.Other, [new("OA", Grade.Attending), new("AA", Grade.Resident)], "title"),
        new(InstitutionRole.Clinician, [new("pj", InstitutionRole.Trainee)], "group"));

    [Fact]
    public void Gives_each_value_its_meaning() =>
        Assert.Equal(new("Ada", "Cardiology", Grade.Resident, CaseHistory.Thornmere, InstitutionRole.Trainee), Read(("name", "Ada"), ("dept", "CARD"), ("title", "AA"), ("group", "pj")));

    [Fact]
    public void Falls_back_where_nothing_is_said_or_nothing_is_meant() =>
        Assert.Equal(new("Ada", "Medicine", Grade.Other, CaseHistory.Thornmere, InstitutionRole.Clinician), Read(("name", "Ada"), ("title", "King"), ("group", "all")));

    [Fact]
    public void Takes_the_first_of_several_values_that_means_anything() =>
        Assert.Equal(Grade.Attending, Read(("name", "Ada"), ("title", "King"), ("title", "OA"), ("title", "AA"))!.Grade);

    [Theory]
    [InlineData("Nephrology", "Nephrology")]
    [InlineData("card", "card")]
    [InlineData("\u202Egolorue", "Medicine")]
    [InlineData(" ", "Medicine")]
    public void Takes_a_specialty_as_it_is_said_where_it_can_be_one(string said, string taken) => Assert.Equal(taken, Read(("name", "Ada"), ("dept", said))!.Specialty);

    [Fact]
    public void Keeps_to_a_meaning_that_is_the_same_as_otherwise() =>
        Assert.Equal("Medicine", ClaimReading.Read(Mapping with { Specialty = new("Medicine", [new("MED", "Medicine")], "dept") }, Saying(("name", "Ada"), ("dept", "MED")), CaseHistory.Thornmere)!.Specialty);

    [Fact]
    public void Asks_nothing_of_who_is_not_to_be_asked()
    {
        var silent = new ClaimMapping(new("Medicine", []), new(Grade.Nurse, []), new(InstitutionRole.Trainee, []));
        Assert.Equal(new("Ada", "Medicine", Grade.Nurse, CaseHistory.Thornmere, InstitutionRole.Trainee), ClaimReading.Read(silent, Saying(("name", "Ada"), ("dept", "CARD")), CaseHistory.Thornmere));
        Assert.Equal(["name", "given_name", "family_name", "preferred_username"], ClaimReading.Asked(silent));
    }

    [Fact]
    public void Names_somebody_by_the_first_name_that_can_be_shown()
    {
        Assert.Equal("Ada Byron", Read(("given_name", "Ada"), ("family_name", "Byron"), ("preferred_username", "ada"))!.Name);
        Assert.Equal("ada", Read(("name", new string('x', ClinicianState.NameLengthMax + 1)), ("preferred_username", "ada"))!.Name);
        Assert.Null(Read(("name", "\u0007"), ("sub", "17")));
    }

    // What a database from elsewhere holds gives nobody more than the rules allow to be kept.
    [Theory]
    [InlineData(InstitutionRole.Administrator)]
    [InlineData(InstitutionRole.Moderator)]
    [InlineData(InstitutionRole.PrivacyOfficer)]
    public void Makes_nobody_more_than_a_clinician(InstitutionRole role)
    {
        var mapping = Mapping with { Role = new(role, [new("pj", role)], "group") };
        Assert.Equal(InstitutionRole.Trainee, ClaimReading.Read(mapping, Saying(("name", "Ada"), ("group", "pj")), CaseHistory.Thornmere)!.Role);
        Assert.Equal("role-beyond-mapping", ProviderRules.Refuse(Set(mapping))?.Code);
    }

    [Fact]
    public void Is_set_so_that_a_value_means_one_thing()
    {
        Assert.Null(ProviderRules.Refuse(Set(Mapping)));
        Assert.Equal("means-twice", ProviderRules.Refuse(Set(Mapping with { Grade = new(Grade.Other, [new("OA", Grade.Attending), new("OA", Grade.Fellow)], "title") }))?.Code);
        Assert.Equal("not-a-grade", ProviderRules.Refuse(Set(Mapping with { Grade = new((Grade)99, [], "title") }))?.Code);
    }

    internal static ProviderSet Set(ClaimMapping? mapping = null) => new("Clinic", "https://sso.clinic.example/", "socialqi", IsOn: true, mapping ?? Mapping);

    private static RegisterClinician? Read(params (string Claim, string Value)[] said) => ClaimReading.Read(Mapping, Saying(said), CaseHistory.Thornmere);

    private static Func<string, IReadOnlyList<string>> Saying(params (string Claim, string Value)[] said) => claim => [.. said.Where(s => s.Claim == claim).Select(s => s.Value)];
}
