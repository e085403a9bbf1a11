using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VmSpawn.Boot.Tests;

public sealed partial class NestedHostTests(TinyGuest tiny, SystemdGuest guest) : IClassFixture<SystemdGuest>
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task What_needs_kvm_the_kernels_vsock_and_systemd_works_on_a_host_that_has_them()
    {
        await using var scene = new Scene(tiny, Time);
        var console = await NestedHost.RunTestsAsync(scene, tiny, guest, HaveAllPassed);

        Assert.True(HaveAllPassed(console), $"Not all tests ran and passed in the nested host:\n{console}");
    }

    private static bool HaveAllPassed(string console)
    {
        var summary = Summary().Match(console);
        return summary.Success
            && Count("total") == NestedTests()
            && Count("errors") + Count("failed") + Count("skipped") + Count("notrun") == 0;

        int Count(string what) => int.Parse(summary.Groups[what].Value, CultureInfo.InvariantCulture);
    }

    // Those of this assembly that are marked for it, so that none is lost on the way.
    private static int NestedTests() =>
        typeof(NestedHostTests)
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<TraitAttribute>().Any(trait => trait.Name == NestedHost.Trait))
            .SelectMany(type => type.GetMethods())
            .Count(method => Attribute.IsDefined(method, typeof(FactAttribute)));

    [GeneratedRegex(
        @"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+), Not Run: (?<notrun>\d+)"
    )]
    private static partial Regex Summary();
}
