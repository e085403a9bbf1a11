using System.Diagnostics;
using System.Text;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Tests.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Firmware;

/// <summary>Firmware directories hold what anybody has put there; looking at them neither fails nor waits.</summary>
public sealed class HostileDescriptorFileTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly FirmwareQuery Query = new() { Architecture = "x86_64", MachineType = "q35" };

    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();

    private FirmwareCatalog Catalog => new(new DirectoryHost { FirmwareDirectories = [_directory.PathOf("firmware")] });

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_of_any_bytes_is_a_candidate_with_a_reason()
    {
        var code = _directory.Write("code.fd", "CODE");
        var good = Encoding.UTF8.GetBytes(DescriptorBuilder.Ordinary(code, code, "secure-boot").ToJsonString());
        var cut = Gen.Int[0, good.Length].Select(length => good[..length]);
        var joined = Gen.Select(cut, Gen.Byte.Array[0, 8], cut, (a, b, c) => (byte[])[.. a, .. b, .. c]);

        await Soon(() =>
            Gen.OneOf(Gen.Byte.Array[0, 400], cut, joined)
                .Sample(
                    bytes =>
                    {
                        var path = _directory.Write("firmware/10-any.json", bytes);
                        var found = Catalog.Evaluate(Query);
                        return bytes.Length == 0
                            ? found.IsEmpty
                            : found is [var candidate]
                                && candidate.Path == path
                                && candidate.Reason.Length is > 0 and < 500;
                    },
                    iter: 2_000,
                    threads: 1
                )
        );
    }

    [Fact]
    public async Task What_is_no_ordinary_file_is_passed_over_and_refused_by_name()
    {
        var folder = _directory.MakeDirectory("firmware");
        _directory.MakeDirectory("firmware/10-directory.json");
        _directory.Link("firmware/20-loop.json", "20-loop.json");
        _directory.Link("firmware/30-absent.json", "/nonexistent");
        _directory.Link("firmware/40-zeros.json", "/dev/zero");
        using (var maker = Process.Start("mkfifo", [Path.Join(folder, "50-pipe.json")]))
        {
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, maker.ExitCode);
        }

        await using (var huge = File.Create(Path.Join(folder, "60-huge.json")))
        {
            huge.SetLength(1L << 40);
        }

        await Soon(() =>
        {
            var candidate = Assert.Single(Catalog.Evaluate(Query));
            Assert.EndsWith("60-huge.json", candidate.Path, StringComparison.Ordinal);
            Assert.Contains("longer than", candidate.Reason, StringComparison.Ordinal);
            foreach (var path in Directory.EnumerateFileSystemEntries(folder))
            {
                Assert.Equal(path, Assert.ThrowsAny<VmSpawnException>(() => Catalog.Load(path)).Target);
            }
        });
    }

    private static Task Soon(Action action) =>
        Task.Run(action, TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
}
