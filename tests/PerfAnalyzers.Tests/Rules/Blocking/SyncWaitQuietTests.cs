using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncWaitQuietTests : RuleTests<SyncWaitAnalyzer, SyncWaitFix>
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Diagnostics;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    private const string Work = "Task<int> _load = Task.Run(() => 1); static Task<int> GetAsync(int id = 0) => Task.Run(() => id); static Task SaveAsync() => Task.Run(() => { });";

    [Theory]
    [InlineData("var load = GetAsync(); await load; return load.Result;")]
    [InlineData("var load = GetAsync(); Console.WriteLine(await load); return load.GetAwaiter().GetResult();")]
    [InlineData("var load = GetAsync(); await load.ConfigureAwait(false); return load.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("var load = GetAsync(); if (DateTime.Now.Ticks > 0) await load; else { Console.WriteLine(await load); } return load.Result;")]
    [InlineData("var load = GetAsync(); try { await load; } catch (Exception e) { Console.WriteLine(e); } return load.Result;")]
    [InlineData("var load = GetAsync(); try { await load; } finally { Console.WriteLine(load.Result); } return 0;")]
    [InlineData("var load = GetAsync(); try { await Task.WhenAll(load, SaveAsync()); } catch { return load.Result; } return load.Result;")]
    [InlineData("var load = GetAsync(); while (true) { await load; if (load.Result > 0) return load.Result; load = GetAsync(); }")]
    [InlineData("var load = GetAsync(); await load.WaitAsync(TimeSpan.FromSeconds(1)); return load.Result;")]
    [InlineData("var load = GetAsync(); var after = load.ContinueWith(t => 1); await after; return load.Result;")]
    [InlineData("await this._load; return _load.Result;")]
    [InlineData("var load = GetAsync(); await load; var read = new Func<int>(() => load.Result); return read();")]
    [InlineData("var load = GetAsync(); await load; int Read() => load.Result; return Read() + Read();")]
    [InlineData("var (a, b) = (GetAsync(1), GetAsync(2)); await a; await b; return a.Result + b.Result;")]
    [InlineData("var load = GetAsync(); goto wait; read: return load.Result; wait: await load; goto read;")]
    public Task After_an_await(string body) => IsQuietOn($"{Usings}class C {{ {Work} async Task<int> M() {{ {body} }} }}");

    [Theory]
    [InlineData("var (a, b) = (GetAsync(1), GetAsync(2)); await Task.WhenAll(a, b); return a.Result + b.Result;")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); var all = Task.WhenAll(new Task[] { a, b }); await all; return a.Result + b.Result;")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); await Task.WhenAll(new List<Task> { a, b }); return a.Result + b.Result;")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); var all = new List<Task>(); all.Add(a); all.Add(b); await Task.WhenAll(all); return a.Result + b.Result;")]
    [InlineData("var a = GetAsync(1); Task[] all = [a, SaveAsync()]; await Task.WhenAll(all).ConfigureAwait(false); return a.Result;")]
    [InlineData("var all = new[] { 1, 2 }.Select(id => GetAsync(id)).ToList(); await Task.WhenAll(all); return all.Select(t => t.Result).Sum();")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToArray(); await Task.WhenAll(all); var sum = 0; foreach (var t in all) sum += t.Result; return sum;")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToArray(); await Task.WhenAll(all); var sum = 0; for (var i = 0; i < all.Length; i++) sum += all[i].Result; return sum + all.First().Result;")]
    [InlineData("var all = new List<Task<int>>(); foreach (var id in new[] { 1, 2 }) all.Add(GetAsync(id)); await Task.WhenAll(all.ToArray()); return all.Where(t => t.Result > 1).Sum(t => t.Result) + all[0].Result;")]
    [InlineData("var all = new[] { 1, 2 }.ToDictionary(id => id, id => GetAsync(id)); await Task.WhenAll(all.Values); return all[1].Result + all.Sum(pair => pair.Value.Result);")]
    [InlineData("var all = new[] { 1, 2 }.ToDictionary(id => id, id => GetAsync(id)); await Task.WhenAll(all.Values); var sum = 0; foreach (var (id, t) in all) sum += t.Result; return all.TryGetValue(3, out var third) ? third.Result : sum;")]
    [InlineData("var all = new[] { 1, 2 }.Select(id => new { Id = id, Load = GetAsync(id) }).ToList(); await Task.WhenAll(all.Select(x => x.Load)); return all.Select(x => x.Load.Result + x.Id).Sum();")]
    [InlineData("var all = new[] { 1, 2 }.Select(id => (Id: id, Load: GetAsync(id))).ToList(); await Task.WhenAll(all.Select(x => x.Load)); return all.Sum(x => x.Load.Result);")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); foreach (var t in all) await t; return all.Sum(t => t.Result);")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); await Task.WhenAll(all); return (from t in all where t.Result > 0 select t.Result).Sum();")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); await Task.WhenAll(all); var numbered = all.Zip(new[] { 'a', 'b' }).ToList(); return numbered.Sum(pair => pair.First.Result);")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); await Task.WhenAll(a, b); return new[] { a, b }.Sum(t => t.Result);")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); await Task.WhenAll(a, b); return (DateTime.Now.Ticks > 0 ? a : b).Result;")]
    [InlineData("var a = GetAsync(1); await Task.WhenAll(a, DateTime.Now.Ticks > 0 ? SaveAsync() : Task.CompletedTask); return a.Result;")]
    [InlineData("var a = GetAsync(1); var b = GetAsync(2); return await Task.WhenAll(a, b).ContinueWith(_ => a.Result + b.Result);")]
    [InlineData("var all = new List<(int Id, Task<int> Load)> { (1, GetAsync(1)) }; await Task.WhenAll(all.Select(x => x.Load)); all = all.OrderBy(x => x.Id).ToList(); return all.Sum(x => x.Load.Result);")]
    [InlineData("var all = new Task<int>[2]; all[0] = GetAsync(1); all[1] = GetAsync(2); await Task.WhenAll(all); return all[0].Result + all[1].Result;")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); while (all.Count > 0) { var done = await Task.WhenAny(all); all.Remove(done); if (done.Result > 0) return done.Result; } return 0;")]
    public Task After_waiting_for_several(string body) => IsQuietOn($"{Usings}class C {{ {Work} async Task<int> M() {{ {body} }} }}");

    [Theory]
    [InlineData("var load = GetAsync(); if (load.IsCompleted) return load.Result; return await load;")]
    [InlineData("var load = GetAsync(); return load.IsCompletedSuccessfully ? load.Result : await load;")]
    [InlineData("var load = GetAsync(); if (!load.IsCompletedSuccessfully) { return await load; } return load.Result;")]
    [InlineData("var load = GetAsync(); return load.IsCompleted && load.Result > 0 ? 1 : 0;")]
    [InlineData("var load = GetAsync(); if (!load.IsCompleted || load.Result == 0) return 0; return load.Result;")]
    [InlineData("var load = GetAsync(); if (load.Status == TaskStatus.RanToCompletion) return load.Result; return await load;")]
    [InlineData("var load = GetAsync(); if (load.Status != TaskStatus.RanToCompletion) return await load; return load.Result;")]
    [InlineData("var load = GetAsync(); switch (load.Status) { case TaskStatus.RanToCompletion: return load.Result; default: return await load; }")]
    [InlineData("var load = GetAsync(); return load.Status switch { TaskStatus.RanToCompletion => load.Result, _ => await load };")]
    [InlineData("var load = GetAsync(); return load is { IsCompletedSuccessfully: true } ? load.Result : await load;")]
    [InlineData("var load = GetAsync(); return load.Status is TaskStatus.RanToCompletion or TaskStatus.Faulted ? load.Result : await load;")]
    [InlineData("var load = GetAsync(); var done = load.IsCompleted; if (done) return load.Result; return await load;")]
    [InlineData("var load = GetAsync(); if (load.IsCompleted == false) await load; return load.Result;")]
    [InlineData("var load = GetAsync(); while (!load.IsCompleted) await Task.Delay(5); return load.Result;")]
    [InlineData("var load = GetAsync(); do { await Task.Yield(); } while (!load.IsCompleted); return load.Result;")]
    [InlineData("var load = GetAsync(); Debug.Assert(load.IsCompleted); return load.Result + await GetAsync();")]
    [InlineData("var load = GetAsync(); if (load.IsFaulted || load.IsCanceled) return load.Result; return await load;")]
    [InlineData("var load = GetAsync(); if (load.Exception != null) Console.WriteLine(load.Result); return await load;")]
    [InlineData("var load = GetAsync(); if (await Task.WhenAny(load, Task.Delay(5)) == load) return load.Result; return 0;")]
    [InlineData("var load = GetAsync(); var limit = Task.Delay(5); var first = await Task.WhenAny(load, limit); if (first == limit) throw new TimeoutException(); return load.Result;")]
    [InlineData("var load = GetAsync(); var first = await Task.WhenAny(load, Task.Delay(5)).ConfigureAwait(false); if (first != load) { return 0; } return load.Result;")]
    [InlineData("var done = await Task.WhenAny(GetAsync(1), GetAsync(2)); return done.Result;")]
    [InlineData("return (await Task.WhenAny(GetAsync(1), GetAsync(2))).Result;")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); await Task.WhenAny(all); return all.First(t => t.IsCompleted).Result + all.Where(t => t.IsCompletedSuccessfully).Sum(t => t.Result);")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); await Task.WhenAny(all); var sum = 0; foreach (var t in all.Where(t => t.Status == TaskStatus.RanToCompletion)) sum += t.Result; return sum;")]
    [InlineData("var all = new[] { 1, 2 }.Select(GetAsync).ToList(); await Task.Yield(); return all.All(t => t.IsCompleted) ? all.Sum(t => t.Result) : 0;")]
    [InlineData("var awaiter = GetAsync().GetAwaiter(); await Task.Yield(); return awaiter.IsCompleted ? awaiter.GetResult() : 0;")]
    public Task After_a_test_on_every_path(string body) => IsQuietOn($"{Usings}class C {{ {Work} async Task<int> M() {{ {body} }} }}");

    [Theory]
    [InlineData("Task<int> M() => GetAsync().ContinueWith(t => t.Result + 1);")]
    [InlineData("Task M() => GetAsync().ContinueWith(t => { Use(() => t.Result); if (t.Result > 0) Console.WriteLine(t.GetAwaiter().GetResult()); });")]
    [InlineData("Task M() => GetAsync().ContinueWith((t, state) => t.Result, this);")]
    [InlineData("Task M() => GetAsync().ContinueWith(Show); void Show(Task<int> done) => Console.WriteLine(done.Result);")]
    [InlineData("Task M() => Task.Factory.ContinueWhenAll(new[] { GetAsync(1), GetAsync(2) }, done => done.Sum(t => t.Result));")]
    [InlineData("int M() => Task.FromResult(1).Result;")]
    [InlineData("void M() { Task.CompletedTask.Wait(); new ValueTask<int>(1).GetAwaiter().GetResult(); }")]
    [InlineData("static readonly Task<int> s_one = Task.FromResult(1); int M() => s_one.Result;")]
    [InlineData("Task<int> Cached() => Task.FromResult(1); int M() => Cached().Result;")]
    [InlineData("int M() { var source = new TaskCompletionSource<int>(); source.SetResult(1); return source.Task.Result; }")]
    [InlineData("bool M(Task load) => load.Wait(0) || load.Wait(TimeSpan.Zero);")]
    [InlineData("string M() => nameof(Task<int>.Result);")]
    [InlineData("void M() => new Thread(() => SaveAsync().Wait()).Start();")]
    [InlineData("void M() => Task.Factory.StartNew(() => SaveAsync().Wait(), TaskCreationOptions.LongRunning);")]
    [InlineData("static int s_count = GetAsync().Result;")]
    [InlineData("static C() { SaveAsync().Wait(); }")]
    [InlineData("static void Main() { SaveAsync().Wait(); }")]
    [InlineData("static readonly Lazy<int> s_value = new(() => GetAsync().Result);")]
    public Task Never_waits_or_harms_nobody(string member) => IsQuietOn($"{Usings}class C {{ {Work} static void Use(Func<int> f) {{ }} {member} }}");

    [Fact]
    public Task Other_things_of_these_names() => IsQuietOn(Usings +
        """
        class Outcome { public int Result { get; set; } public void Wait() { } public Outcome GetAwaiter() => this; public int GetResult() => Result; }

        class C
        {
            int M(Outcome outcome, SemaphoreSlim gate)
            {
                outcome.Wait();
                gate.Wait();
                outcome.Result = 1;
                return outcome.Result + outcome.GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Sleeping_is_another_rule() => IsQuietOn($"{Usings}class C {{ void M() {{ Task.Delay(5).Wait(); }} }}");

    [Fact]
    public Task One_method_that_does_the_work_of_two() => IsQuietOn(Usings +
        """
        class C
        {
            int Get(int id) => GetCore(id, false).GetAwaiter().GetResult();
            Task<int> GetAsync(int id) => GetCore(id, true);
            int Count() => CountCore(async: false).Result;

            async Task<int> GetCore(int id, bool async)
            {
                if (async)
                    await Task.Delay(id);

                return id;
            }

            async ValueTask<int> CountCore(bool async) => async ? await GetAsync(1) : 1;
        }
        """);

    [Fact]
    public Task The_synchronous_half_of_two() => IsQuietOn(Usings +
        """
        class C : System.IO.Stream, IAsyncDisposable
        {
            Task<int> GetAsync() => Task.Run(() => 1);

            async Task<int> Get(bool async) => async ? await GetAsync() : GetAsync().GetAwaiter().GetResult();

            async Task<int> Either(bool async)
            {
                if (async)
                    return await GetAsync().ConfigureAwait(false);

                return GetAsync().ConfigureAwait(false).GetAwaiter().GetResult();
            }

            public new void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
            public override async ValueTask DisposeAsync() => await Task.Yield();
            public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count).Result;
            public override void Flush() => FlushAsync().Wait();
            public override bool CanRead => true;
            public override bool CanSeek => false;
            public override bool CanWrite => false;
            public override long Length => 0;
            public override long Position { get; set; }
            public override long Seek(long offset, System.IO.SeekOrigin origin) => 0;
            public override void SetLength(long value) { }
            public override void Write(byte[] buffer, int offset, int count) { }
        }
        """);

    [Fact]
    public Task Code_that_does_not_bind() => IsQuietOn(
        """
        class C
        {
            async System.Threading.Tasks.Task M(Missing<int> task)
            {
                var x = task.Result + Nothing().Result;
                task.Wait(;
                Other.GetAwaiter().GetResult(
            }
        }
        """, test => test.AllowCompilerErrors = true);

    [Fact]
    public Task A_test_project() => IsQuietOn($"{Usings}class C {{ {Work} int M() => GetAsync().Result; }}", test => test.TestState.AnalyzerConfigFiles.Add(
        ("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true\n")));

    [Fact]
    public Task Generated_code() => IsQuietOn($"// <auto-generated/>\n{Usings}class C {{ {Work} int M() => GetAsync().Result; }}");
}
