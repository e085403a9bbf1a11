using VmSpawn.Benchmarks;

// Measures the built module against a peer (QEMU started by hand, a cmdlet that does nothing, bare readers of the same
// files), in one run and in alternating pairs: the ratios hold on any machine, the times only on this one. Nothing here
// passes or fails.
//   VmSpawn.Benchmarks REPOSITORY GUEST [PAIRS]

if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("Usage: VmSpawn.Benchmarks REPOSITORY GUEST [PAIRS]");
    return 2;
}

var pairs = args.Length == 3 ? int.Parse(args[2]) : 5;
using var place = new Place();
using var stamp = new StampedQemu(place.PathOf("bin"));
using var session = new ModuleSession(Path.Join(args[0], "VmSpawn.psd1"));
var guest = new Guest(args[1]);

ParametersToPlan.Measure(session, new EveryFeature(place, guest), pairs * 20).Print();
using (var firmware = new FirmwareFolder(place.PathOf("firmware")))
{
    FirmwareDiscovery.Measure(session, firmware, pairs * 20).Print();
}

BootEntryListing.Measure(session, new BootEntryFolder(place.PathOf("tree")), pairs).Print();
StartToExec.Measure(session, guest, stamp, pairs * 3).Print();
StartToExit.Measure(session, guest, pairs).Print();
return 0;
