using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>What a helper finds in a directory.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DirectoryView>))]
public enum DirectoryView
{
    /// <summary>What is there.</summary>
    Itself,

    /// <summary>The same, but nobody can write.</summary>
    ReadOnly,

    /// <summary>The same under a layer in memory that takes all that is written.</summary>
    Ephemeral,
}
