namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Functions that must change together: interfaces, overrides, generics, over several projects.</summary>
public sealed class KinShapes : ShapeTests
{
    private const string Contract = """
        // project Contract
        public interface IStore { int Load(int x); void Save(int x); }

        """;

    [Fact]
    public Task An_interface_with_three_implementations_in_two_projects() => Becomes(
        "IStore.LoadAsync:task IStore.SaveAsync:task Slow.LoadAsync Slow.SaveAsync Fast.LoadAsync:task Fast.SaveAsync:task Hidden.LoadAsync:task Hidden.SaveAsync Program.UseAsync",
        Contract + """
        // project Stores
        public class Slow : IStore
        {
            public int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public void Save(int x) { Thread.Sleep(1); Log.Write(x); }
        }
        public class Fast : IStore { public int Load(int x) => x; public void Save(int x) { } }
        // project Program
        class Hidden : IStore
        {
            int IStore.Load(int x) { if (x > 1) return Log.Write(-x); return x; }
            void IStore.Save(int x) { Thread.Sleep(1); Log.Write(x + "!"); }
        }
        public static class Program
        {
            static int Use(IStore store) { store.Save(1); return store.Load(2); }
            public static async Task<string> Run() { await Task.Yield(); return Use(new Slow()) + Use(new Fast()) + Use(new Hidden()) + Log.Text; }
        }
        """);

    [Fact]
    public Task Another_project_that_cannot_follow_keeps_all_as_it_is() => Stays(Contract +
        """
        // project Stores
        public class Slow : IStore { public int Load(int x) { Thread.Sleep(1); return Log.Write(x); } public void Save(int x) { } }
        // project Program
        public class Holder(IStore store) { public int Value => store.Load(1); }
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return new Holder(new Slow()).Value + Log.Text; } }
        """, offered: 1);

    [Fact]
    public Task A_chain_through_four_projects() => Becomes("Data.ReadAsync Repository.FindAsync Service.GetAsync Program.ShowAsync",
        """
        // project Data
        public static class Data { public static string Read(string key) { Thread.Sleep(1); return Log.Write(key); } }
        // project Repositories
        public class Repository { public virtual string Find(int id) => Data.Read("k" + id); }
        // project Services
        public class Service(Repository repository) { public string Get(int id) { var found = repository.Find(id); return found.ToUpperInvariant(); } }
        // project Program
        public static class Program
        {
            static string Show() => new Service(new Repository()).Get(7).Trim();
            public static async Task<string> Run() { await Task.Yield(); return Show() + Log.Text; }
        }
        """);

    [Fact]
    public Task Overrides_with_base_calls_in_another_project() => Becomes("Step.RunAsync Step.DoAsync:task Load.DoAsync Reload.DoAsync Skip.DoAsync:task",
        """
        // project Base
        public abstract class Step { public void Run() { Log.Write("run"); Do(); } protected abstract void Do(); }
        // project Steps
        public class Load : Step { protected override void Do() { Thread.Sleep(1); Log.Write("load"); } }
        // project Program
        class Reload : Load { protected override void Do() { Log.Write("re"); base.Do(); } }
        sealed class Skip : Step { protected override void Do() => Log.Write("skip"); }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); foreach (var step in new Step[] { new Load(), new Reload(), new Skip() }) step.Run(); return Log.Text; }
        }
        """);

    [Fact]
    public Task A_default_implementation_of_an_interface() => Becomes("IGreeter.GreetAsync IGreeter.NameAsync:task Slow.NameAsync Quick.NameAsync:task Quick.GreetAsync",
        """
        interface IGreeter { string Greet() => "hello " + Name(); string Name(); }
        class Slow : IGreeter { public string Name() { Thread.Sleep(1); return Log.Write("slow"); } }
        class Quick : IGreeter { public string Name() => "quick"; public string Greet() => "hi " + Name(); }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); return ((IGreeter)new Slow()).Greet() + ((IGreeter)new Quick()).Greet() + Log.Text; }
        }
        """);

    [Fact]
    public Task Static_members_of_an_interface() => Becomes("IMake.MakeAsync:task Slow.MakeAsync Fast.MakeAsync:task Program.OfAsync",
        """
        interface IMake { static abstract int Make(int x); }
        class Slow : IMake { public static int Make(int x) { Thread.Sleep(1); return Log.Write(x); } }
        class Fast : IMake { public static int Make(int x) => -x; }
        public static class Program
        {
            static int Of<T>() where T : IMake => T.Make(3);
            public static async Task<string> Run() { await Task.Yield(); return Of<Slow>() + Of<Fast>() + Log.Text; }
        }
        """);

    [Fact]
    public Task A_generic_base_with_two_arguments_and_an_interface_that_it_fulfils() => Becomes("IStore.GetAsync:task Base.GetAsync Text.GetAsync:task Program.ShowAsync",
        """
        interface IStore<T> { T Get(int id); }
        class Base<T> { public virtual T Get(int id) { Thread.Sleep(1); Log.Write(id); return default!; } }
        class Numbers : Base<int>, IStore<int>;
        class Text : Base<string>, IStore<string> { public override string Get(int id) => "t" + id; }
        public static class Program
        {
            static string Show<T>(IStore<T> store) => $"{store.Get(1)}";
            public static async Task<string> Run() { await Task.Yield(); return Show(new Numbers()) + Show(new Text()) + Log.Text; }
        }
        """);

    [Fact]
    public Task One_method_for_two_interfaces() => Becomes("IA.GoAsync:task IB.GoAsync:task Both.GoAsync OnlyB.GoAsync:task",
        """
        interface IA { void Go(); }
        interface IB { void Go(); }
        class Both : IA, IB { public void Go() { Thread.Sleep(1); Log.Write("both"); } }
        class OnlyB : IB { public void Go() => Log.Write("b"); }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); ((IA)new Both()).Go(); foreach (var b in new IB[] { new Both(), new OnlyB() }) b.Go(); return Log.Text; }
        }
        """);

    [Fact]
    public Task An_interface_that_inherits_another() => Becomes("IRead.ReadAsync:task File.ReadAsync Program.UseAsync",
        """
        interface IRead { string Read(); }
        interface IReadWrite : IRead { void Write(string text); }
        class File : IReadWrite { string _text = ""; public string Read() { Thread.Sleep(1); return Log.Write(_text); } public void Write(string text) => _text = text; }
        public static class Program
        {
            static string Use(IReadWrite file) { file.Write("x"); return file.Read(); }
            public static async Task<string> Run() { await Task.Yield(); return Use(new File()) + Log.Text; }
        }
        """);

    [Fact]
    public Task A_decorator_over_its_own_interface() => Becomes("IClock.NowAsync:task Slow.NowAsync Cached.NowAsync Program.TwiceAsync",
        """
        interface IClock { int Now(); }
        class Slow : IClock { public int Now() { Thread.Sleep(1); return Log.Write(5); } }
        class Cached(IClock inner) : IClock { int? _known; public int Now() => _known ??= inner.Now(); }
        public static class Program
        {
            static int Twice(IClock clock) => clock.Now() + clock.Now();
            public static async Task<string> Run() { await Task.Yield(); return Twice(new Cached(new Slow())) + Log.Text; }
        }
        """);

    [Fact]
    public Task A_covariant_interface_cannot_return_tasks() => Stays(
        """
        interface ISource<out T> { T Next(); }
        class Slow : ISource<string> { public string Next() { Thread.Sleep(1); return Log.Write("s"); } }
        public static class Program { public static async Task<string> Run() { await Task.Yield(); ISource<object> source = new Slow(); return source.Next() + Log.Text; } }
        """);

    [Fact]
    public Task A_covariant_override_cannot_return_tasks() => Stays(
        """
        class Animal; class Cat : Animal;
        class Shop { public virtual Animal Get() => new Animal(); }
        class Cats : Shop { public override Cat Get() { Thread.Sleep(1); Log.Write("cat"); return new Cat(); } }
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return new Cats().Get().GetType().Name + Log.Text; } }
        """);

    [Theory]
    [InlineData("class Slow : IComparer<int> { public int Compare(int a, int b) { Thread.Sleep(1); return Log.Write(a - b); } }", "new Slow().Compare(3, 1)")]
    [InlineData("class Slow { public override string ToString() { Thread.Sleep(1); return Log.Write(\"s\"); } }", "new Slow().ToString()")]
    [InlineData("class Slow : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { Thread.Sleep(1); return new List<int> { 1 }.GetEnumerator(); } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }", "new Slow().Sum()")]
    [InlineData("class Slow : Random { public override int Next() { Thread.Sleep(1); return Log.Write(4); } public int All() => Next(); }", "new Slow().All()")]
    public Task What_the_framework_declares_stays(string type, string use) => Stays(
        $$"""
        {{type}}
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return {{use}} + Log.Text; } }
        """);

    [Fact]
    public Task A_readonly_struct_that_implements_an_interface() => Becomes("IGet.GetAsync:task Point.GetAsync Other.GetAsync:task Program.UseAsync",
        """
        interface IGet { int Get(); }
        readonly struct Point(int x) : IGet { public int Get() { Thread.Sleep(1); return Log.Write(x); } }
        struct Other : IGet { int _count; public int Get() => ++_count; }
        public static class Program
        {
            static int Use<T>(T value) where T : IGet => value.Get() + value.Get();
            public static async Task<string> Run() { await Task.Yield(); return Use(new Point(4)) + Use(new Other()) + Log.Text; }
        }
        """);
}
