// libtorch uses all cores for one test already; two tests at once would only disturb each other, and with
// them the counts of live tensors
[assembly: CollectionBehavior(DisableTestParallelization = true)]
