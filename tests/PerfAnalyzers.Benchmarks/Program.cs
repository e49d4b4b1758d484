using BenchmarkDotNet.Running;
using PerfAnalyzers.Benchmarks;

if (args is ["paths", ..])
    return PathsTable.Print();

BenchmarkSwitcher.FromAssembly(typeof(PathBenchmarks).Assembly).Run(args);
return 0;
