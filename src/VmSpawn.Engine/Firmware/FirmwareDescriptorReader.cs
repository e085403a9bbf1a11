using System.Collections.Immutable;
using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Firmware;

/// <summary>
/// Reads the JSON of a descriptor: all keys that the specification demands must be there with the right type, duplicate
/// keys make it invalid, unknown ones are passed over (the spec, section 3.2).
/// </summary>
internal sealed class FirmwareDescriptorReader(string path)
{
    /// <summary>Longest descriptor in bytes; real ones have about one thousand.</summary>
    public const int SizeLimit = 256 * 1024;

    private const int DepthLimit = 32;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = DepthLimit,
        AllowDuplicateProperties = false,
    };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidFileException">It is no usable descriptor.</exception>
    public static FirmwareDescriptor Read(string path, ReadOnlyMemory<byte> json)
    {
        var reader = new FirmwareDescriptorReader(path);
        if (json.Length > SizeLimit)
        {
            throw reader.Invalid($"it is longer than {SizeLimit} bytes");
        }

        if (json.Span.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
        }

        if (json.IsEmpty)
        {
            throw reader.Invalid("it is empty");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return reader.Descriptor(document.RootElement);
        }
        catch (JsonException e)
        {
            throw reader.Invalid($"it is not JSON as demanded ({e.Message})");
        }
        catch (InvalidOperationException)
        {
            // The document checks a string's encoding only when the string is read.
            throw reader.Invalid("a text in it is not Unicode");
        }
    }

    private FirmwareDescriptor Descriptor(JsonElement root)
    {
        Expect(root, JsonValueKind.Object, "it");
        var mapping = Member(root, "mapping", JsonValueKind.Object);
        var device = Text(mapping, "device") switch
        {
            "flash" => FirmwareDevice.Flash,
            "kernel" => FirmwareDevice.Kernel,
            "memory" => FirmwareDevice.Memory,
            var unknown => throw Invalid($"the mapping's device '{unknown}' is unknown"),
        };
        var mode = device is FirmwareDevice.Flash ? FlashMode(mapping) : FirmwareFlashMode.Stateless;
        return new FirmwareDescriptor
        {
            Path = path,
            Description = Text(root, "description"),
            InterfaceTypes = Texts(root, "interface-types"),
            Device = device,
            Mode = mode,
            Executable =
                device is FirmwareDevice.Flash
                    ? File(Member(mapping, "executable", JsonValueKind.Object))
                    : new FirmwareFile(FileName(mapping), "raw"),
            NvramTemplate =
                mode is FirmwareFlashMode.Split ? File(Member(mapping, "nvram-template", JsonValueKind.Object)) : null,
            Targets = [.. Member(root, "targets", JsonValueKind.Array).EnumerateArray().Select(Target)],
            Features = Texts(root, "features"),
            Tags = Texts(root, "tags"),
        };
    }

    private FirmwareFlashMode FlashMode(JsonElement mapping) =>
        !mapping.TryGetProperty("mode", out _)
            ? FirmwareFlashMode.Split
            : Text(mapping, "mode") switch
            {
                "split" => FirmwareFlashMode.Split,
                "combined" => FirmwareFlashMode.Combined,
                "stateless" => FirmwareFlashMode.Stateless,
                var unknown => throw Invalid($"the mapping's mode '{unknown}' is unknown"),
            };

    private FirmwareTarget Target(JsonElement target)
    {
        Expect(target, JsonValueKind.Object, "an element of 'targets'");
        return new FirmwareTarget(Text(target, "architecture"), Texts(target, "machines"));
    }

    private FirmwareFile File(JsonElement file)
    {
        var format = Text(file, "format");
        return format.Length > 0 && format.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? new FirmwareFile(FileName(file), format)
            : throw Invalid($"the format '{format}' is none");
    }

    private string FileName(JsonElement file)
    {
        var name = Text(file, "filename");
        return Path.IsPathFullyQualified(name) && !name.Contains('\0')
            ? name
            : throw Invalid($"the filename '{name}' is not an absolute path");
    }

    private string Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String).GetString()!;

    private ImmutableArray<string> Texts(JsonElement parent, string name) =>
        [
            .. Member(parent, name, JsonValueKind.Array)
                .EnumerateArray()
                .Select(element =>
                {
                    Expect(element, JsonValueKind.String, $"an element of '{name}'");
                    return element.GetString()!;
                }),
        ];

    private JsonElement Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!parent.TryGetProperty(name, out var member))
        {
            throw Invalid($"the key '{name}' is missing");
        }

        Expect(member, kind, $"'{name}'");
        return member;
    }

    private void Expect(JsonElement element, JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind)
        {
            throw Invalid($"{what} is not {Name(kind)}");
        }
    }

    private static string Name(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => "a text",
        };

    private InvalidFileException Invalid(string reason) =>
        new(
            "InvalidFirmwareDescriptor",
            "Firmware descriptor",
            path,
            OneLine.Of(reason, 300),
            "QEMU's docs/interop/firmware.json says what a descriptor looks like."
        );
}
