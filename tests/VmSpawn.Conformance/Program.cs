VmSpawn.Conformance.Fixtures.FixtureMaker.Make(args[0], args[1]);
