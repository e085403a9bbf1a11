using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes the name of a VM to be with those of the images in the machine pools.</summary>
public sealed class ImageNameCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        EngineServices.Current.ListImages().Select(image => (image.Key, image.Value.Path));
}
