namespace VmSpawn.Engine.Arguments;

/// <summary>What a <c>systemd-vmspawn</c> command line asks for.</summary>
public enum CommandLineAction
{
    /// <summary>Start a VM.</summary>
    Start,

    /// <summary><c>--help</c>: nothing is started and later words are not looked at.</summary>
    Help,

    /// <summary><c>--version</c>: nothing is started and later words are not looked at.</summary>
    Version,

    /// <summary><c>--firmware=list</c>: list the firmware descriptors; later words are not looked at.</summary>
    ListFirmware,

    /// <summary><c>--firmware-features=list</c>: list the features of all descriptors; later words are not looked at.</summary>
    ListFirmwareFeatures,

    /// <summary><c>--firmware=describe</c>: print the descriptor that the other options select.</summary>
    DescribeFirmware,
}
