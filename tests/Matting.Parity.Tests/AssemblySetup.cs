// both engines use all cores already; two tests at once would only disturb each other
[assembly: CollectionBehavior(DisableTestParallelization = true)]
