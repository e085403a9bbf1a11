using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Tests.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

public sealed class MachineImageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private MachineImage Find(string name) =>
        MachineImage.Find(
            new DirectoryHost
            {
                ImageDirectories = [directory.PathOf("absent"), directory.PathOf("1"), directory.PathOf("2")],
            },
            name
        );

    private void File(string path) => directory.Write(path, "x");

    private void Expect(string name, string path, bool isDirectory) =>
        Assert.Equal(new MachineImage(directory.PathOf(path), isDirectory), Find(name));

    [Fact]
    public void Trees_and_raw_images_are_found_by_name()
    {
        directory.MakeDirectory("1/tree");
        File("1/disk.raw");
        File("1/whole.raw");

        Expect("tree", "1/tree", isDirectory: true);
        Expect("disk", "1/disk.raw", isDirectory: false);
        Expect("whole.raw", "1/whole.raw", isDirectory: false);
    }

    [Fact]
    public void A_tree_comes_before_an_image_and_the_first_directory_before_the_second()
    {
        directory.MakeDirectory("1/dual");
        File("1/dual.raw");
        File("1/first.raw");
        directory.MakeDirectory("2/first");

        Expect("dual", "1/dual", isDirectory: true);
        Expect("first", "1/first.raw", isDirectory: false);
    }

    [Fact]
    public void The_newest_version_is_taken_from_a_versioned_directory()
    {
        File("1/disk.raw.v/disk_1.raw");
        File("1/disk.raw.v/disk_10.raw");
        File("1/disk.raw.v/disk_9.raw");
        File("1/disk.raw.v/disk_11.txt");
        File("1/disk.raw.v/other_99.raw");
        directory.MakeDirectory("1/tree.v/tree_1");
        directory.MakeDirectory("1/tree.v/tree_2");

        Expect("disk", "1/disk.raw.v/disk_10.raw", isDirectory: false);
        Expect("tree", "1/tree.v/tree_2", isDirectory: true);
    }

    [Fact]
    public void Other_architectures_do_not_count_and_failed_versions_come_last()
    {
        File("1/a.raw.v/a_3_arm64.raw");
        File("1/a.raw.v/a_2_x86-64.raw");
        File("1/a.raw.v/a_2.raw");
        File("1/b.raw.v/b_3+0-3.raw");
        File("1/b.raw.v/b_2+1-2.raw");
        File("1/b.raw.v/b_1.raw");
        File("1/c.raw.v/c_3_x86-64+0.raw");

        Expect("a", "1/a.raw.v/a_2_x86-64.raw", isDirectory: false);
        Expect("b", "1/b.raw.v/b_2+1-2.raw", isDirectory: false);
        Expect("c", "1/c.raw.v/c_3_x86-64+0.raw", isDirectory: false);
    }

    [Fact]
    public void What_is_not_there_or_no_image_is_not_found()
    {
        File("1/plain");
        File("1/disk.qcow2");
        directory.MakeDirectory("1/empty.v");

        foreach (var name in new[] { "plain", "disk", "empty", "absent", "../1/plain" })
        {
            var error = Assert.Throws<VmSpawnException>(() => Find(name));
            Assert.Equal("MachineImageNotFound", error.ErrorId);
            Assert.Contains("image", error.Message);
            Assert.Contains(name, error.Message);
        }
    }
}
