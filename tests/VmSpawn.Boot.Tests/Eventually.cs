using System.Diagnostics;

namespace VmSpawn.Boot.Tests;

/// <summary>Waits for something that another process does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition holds.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> HoldsAsync(Func<bool> condition, TimeSpan limit, Func<string> complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > limit)
            {
                Assert.Fail($"{complaint()} (waited {limit.TotalSeconds} s)");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }
}
