using BenchmarkDotNet.Running;
using PerfAnalyzers.Benchmarks;

if (args is ["paths", ..])
    return PathsTable.Print();

if (args is ["go-async", ..])
    return await GoAsyncTable.PrintAsync();

BenchmarkSwitcher.FromAssembly(typeof(PathBenchmarks).Assembly).Run(args);
return 0;
