# Results of all runners, added up.

$results = [Collections.Generic.List[object]]::new()

# One runner's result. $skips are texts of the form "NAME: REASON".
function Add-Result([string] $name, [int] $passed, [int] $failed, [string[]] $skips = @(), [int] $seconds = 0) {
    $results.Add(
        @{ Name = $name; Passed = $passed; Failed = $failed; Skips = @($skips | Where-Object { $_ }); Seconds = $seconds })
}

# Each runner, then each skipped test with its reason, then, as the last line of all, the sums. True if nothing failed.
function Complete-Result {
    Say ''
    foreach ($result in $results) {
        Say ('{0,-28} {1,6} passed {2,4} failed {3,4} skipped {4,5} s' -f
            $result.Name, $result.Passed, $result.Failed, $result.Skips.Count, $result.Seconds)
    }
    foreach ($skip in @($results | ForEach-Object Skips)) { Say "skipped: $skip" }

    $passed = 0; $failed = 0; $skipped = 0
    foreach ($result in $results) {
        $passed += $result.Passed; $failed += $result.Failed; $skipped += $result.Skips.Count
    }
    if ($passed + $failed -eq 0) {
        Say 'No test ran, which counts as a failure.'
        $failed = 1
    }
    Say ''
    Say "$passed passed, $failed failed, $skipped skipped"
    $failed -eq 0
}
