using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>Which calls lead from an entry to a function.</summary>
public sealed class CallTests : PathTests
{
    /// <summary>A source with one action, whose body is <paramref name="body"/>, and what it uses.</summary>
    private static void FromAction(string body, string rest, string members = "") => Check(
        $$"""
        public class A : ControllerBase
        {
            {{members}}
            public void Get(string text) { {{body}} }
        }
        {{rest}}
        """);

    [Fact]
    public void Direct_calls_this_base_and_static() => FromAction(
        "Own(); this.Other(); S.Static(); global::S.Nested.Deep(); base.ToString();",
        """
        public static class S
        {
            public static void Static() { /*= Request: A.Get → S.Static */ }
            public static void NotCalled() { /*= Unknown */ }
            public static class Nested { public static void Deep() { /*= Request: A.Get → Nested.Deep */ } }
        }
        """,
        """
        private void Own() { /*= Request: A.Get → A.Own */ }
        private void Other() { /*= Request: A.Get → A.Other */ More(); }
        private void More() { /*= Request: A.Get → A.Other → A.More */ }
        """);

    [Fact]
    public void Calls_up_and_down_a_class_hierarchy() => FromAction(
        "new Middle().Run(); Base b = new Middle(); b.Hook();",
        """
        public abstract class Base
        {
            public void Run() { /*= Request: A.Get → Base.Run */ Step(); }
            protected abstract void Step();
            public virtual void Hook() { /*= Request: A.Get → Base.Hook */ }
            public virtual void NotCalled() { /*= Unknown */ }
        }

        public class Middle : Base
        {
            protected override void Step() { /*= Request: A.Get → Base.Run → Middle.Step */ }
            public override void Hook() { /*= Request: A.Get → Middle.Hook */ base.Hook(); }
        }

        public class Sibling : Base
        {
            protected override void Step() { /*= Request: A.Get → Base.Run → Sibling.Step */ }
            public void Hook(int other) { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Interfaces_lead_to_their_implementations() => FromAction(
        "_orders.Load(1); Use(_other);",
        """
        public interface IOrders { int Load(int id); void Save(); }
        public class Orders : IOrders
        {
            public int Load(int id) { /*= Request: A.Get → Orders.Load */ return id; }
            public void Save() { /*= Unknown */ }
        }

        public interface IOther { void Go(); }
        public class Go1 : IOther { void IOther.Go() { /*= Request: A.Get → A.Use → Go1.Go */ } }
        public class GoBase { public void Go() { /*= Request: A.Get → A.Use → GoBase.Go */ } }
        public class Go2 : GoBase, IOther;
        public class Unrelated { public int Load(int id) { /*= Unknown */ return id; } public void Go() { /*= Unknown */ } }
        """,
        """
        private readonly IOrders _orders = new Orders();
        private readonly IOther _other = new Go1();
        private void Use(IOther other) => other.Go();
        """);

    [Fact]
    public void Interfaces_from_elsewhere_lead_to_their_implementations_here() => FromAction(
        "foreach (var rule in HttpContext.RequestServices.GetServices<IComparer<string>>()) rule.Compare(\"\", text); IDisposable d = new D(); d.Dispose();",
        """
        public class ByLength : IComparer<string> { public int Compare(string? x, string? y) { /*= Request: A.Get → ByLength.Compare */ return 0; } }
        public class D : IDisposable { public void Dispose() { /*= Request: A.Get → D.Dispose */ } }
        """);

    [Fact]
    public void Local_functions_and_lambdas_belong_to_the_function_around_them() => FromAction(
        """
        Local();
        int Local() { /*= Request: A.Get → Local */ return Inner(); int Inner() { /*= Request: A.Get → Local → Inner */ return 1; } }
        int NotCalled() { /*= Unknown */ return 1; }
        Func<int> kept = () => { /*= Request: A.Get */ return S.FromKept(); };
        var all = new[] { 1 }.Select(x => { /*= Request: A.Get */ return S.FromInline(x); }).ToList();
        Action later = Delegated;
        S.Take(S.AsGroup);
        """,
        """
        public static class S
        {
            public static int FromKept() { /*= Request: A.Get → S.FromKept */ return 1; }
            public static int FromInline(int x) { /*= Request: A.Get → S.FromInline */ return 1; }
            public static void Take(Action action) { }
            public static void AsGroup() { /*= Request: A.Get → S.AsGroup */ }
        }
        """,
        "private void Delegated() { /*= Request: A.Get → A.Delegated */ }");

    [Fact]
    public void Accessors_indexers_operators_and_constructors() => FromAction(
        """
        var box = new Box { Label = text };
        var value = box.Value + box[1].Length;
        box.Weight += 1;
        var sum = box + box;
        """,
        """
        public class Box
        {
            private readonly int _seed = /*= Request: A.Get → Box() */ Environment.TickCount;
            private static readonly int s_once = /*= Cold: Box() */ Environment.TickCount;
            public Box() { /*= Request: A.Get → Box() */ }
            public Box(int size) { /*= Unknown */ }
            public int Value { get { /*= Request: A.Get → Box.Value */ return 1; } }
            public int Unread => /*= Unknown */ _seed + s_once;
            public int Weight { get { /*= Request: A.Get → Box.Weight */ return 1; } set { /*= Request: A.Get → Box.Weight */ } }
            public string Label { init { /*= Request: A.Get → Box.Label */ } get { /*= Unknown */ return ""; } }
            public string this[int i] => /*= Request: A.Get → Box.this[] */ "".ToString();
            public static Box operator +(Box left, Box right) { /*= Request: A.Get → Box.operator+ */ return left; }
            public static Box operator -(Box left, Box right) { /*= Unknown */ return left; }
        }
        """);

    [Fact]
    public void Constructors_run_those_of_their_bases() => FromAction(
        "new Leaf(); Root r = new Other(1); Make(); MakeLater(); Kept.ToString(); List<Made4> all = [new()]; var array = new Made5[] { new() };",
        """
        public class Root
        {
            private readonly int _x = /*= Request: A.Get → Root() */ Environment.TickCount;
            public Root() { /*= Request: A.Get → Root() */ }
            public Root(string s) { /*= Request: A.Get → Other() → Root() */ }
        }
        public class Leaf : Root;
        public class Other : Root
        {
            public Other() : base("") { /*= Request: A.Get → Other() */ }
            public Other(int x) : this() { /*= Request: A.Get → Other() */ }
        }
        public class Made1 { public Made1() { /*= Request: A.Get → A.Make → Made1() */ } }
        public class Made2 { public Made2() { /*= Request: A.Get → A.MakeLater → Made2() */ } }
        public class Made4 { public Made4() { /*= Request: A.Get → Made4() */ } }
        public class Made5 { public Made5() { /*= Request: A.Get → Made5() */ } }
        public class Made3 { public Made3() { /*= Request: A.Get → A.Kept → Made3() */ } }
        """,
        """
        private Made1 Make() => new();
        private async Task<Made2> MakeLater() { await Task.Yield(); return new(); }
        private Made3 Kept => new();
        """);

    [Fact]
    public void Patterns_that_call_by_shape() => FromAction(
        "using var a = new Held(); foreach (var x in new Sequence()) x.ToString(); var list = new Bag { 1 };",
        """
        public sealed class Held : IDisposable { public void Dispose() { /*= Request: A.Get → Held.Dispose */ } }
        public class Sequence { public List<int>.Enumerator GetEnumerator() { /*= Request: A.Get → Sequence.GetEnumerator */ return new List<int>().GetEnumerator(); } }
        public class Bag : List<string> { public void Add(int x) { /*= Request: A.Get → Bag.Add */ } }
        """);

    [Fact]
    public void Extension_methods_by_what_they_extend() => FromAction(
        "text.Shout(); new X().Both(); S.Both(new X()); new[] { 1 }.Each();",
        """
        public class X;
        public class Y;
        public static class S
        {
            public static string Shout(this string text) { /*= Request: A.Get → S.Shout */ return text; }
            public static void Both(this X x) { /*= Request: A.Get → S.Both */ }
            public static void Each<T>(this IEnumerable<T> all) { /*= Request: A.Get → S.Each */ }
        }
        public static class Other
        {
            public static void Both(this Y y) { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Types_of_locals_and_results_decide_between_equal_names() => FromAction(
        """
        var order = Find(1);
        order.Ship();
        var later = FindLater();
        foreach (var line in order.Lines) line.Print();
        order.Lines.First().Weigh();
        order.Lines.Where(l => l.IsHeavy()).ToList().ForEach(l => l.Pack());
        if (order.Tag is Label label) label.Stick();
        Lazily.Value.Wake();
        (text as object as Label)?.Peel();
        """,
        """
        public class Order { public List<Line> Lines = []; public object? Tag; public void Ship() { /*= Request: A.Get → Order.Ship */ } public void Print() { /*= Unknown */ } public void Weigh() { /*= Unknown */ } public bool IsHeavy() { /*= Unknown */ return true; } public void Pack() { /*= Unknown */ } public void Stick() { /*= Unknown */ } public void Wake() { /*= Unknown */ } public void Peel() { /*= Unknown */ } }
        public class Line { public void Ship() { /*= Unknown */ } public void Print() { /*= Request: A.Get → Line.Print */ } public void Weigh() { /*= Request: A.Get → Line.Weigh */ } public bool IsHeavy() { /*= Request: A.Get → Line.IsHeavy */ return true; } public void Pack() { /*= Request: A.Get → Line.Pack */ } }
        public class Label { public void Stick() { /*= Request: A.Get → Label.Stick */ } public void Peel() { /*= Request: A.Get → Label.Peel */ } }
        public class Sleeper { public void Wake() { /*= Request: A.Get → Sleeper.Wake */ } }
        """,
        """
        private Order Find(int id) => new();
        private async Task<Order> FindLater() { var o = await Later(); o.Ship(); return o; }
        private Task<Order> Later() => Task.FromResult(new Order());
        private static Lazy<Sleeper> Lazily { get; } = new(() => new Sleeper());
        """);

    [Fact]
    public void Generic_types_hand_their_arguments_on() => FromAction(
        "_orders.Get().Open(); _items.Find().Open(); Make<Item>().Close(); _validator.Check(new Item());",
        """
        public interface IStore<T> { T Get(); }
        public class Store<T> : IStore<T> where T : new() { public T Get() { /*= Request: A.Get → Store.Get */ return new T(); } }
        public class Items : Store<Item> { public Item Find() { /*= Request: A.Get → Items.Find */ return Get(); } }
        public class Order { public void Open() { /*= Request: A.Get → Order.Open */ } public void Close() { /*= Unknown */ } }
        public class Item { public void Open() { /*= Request: A.Get → Item.Open */ } public void Close() { /*= Request: A.Get → Item.Close */ } }
        public interface IValidator<T> { void Check(T value); }
        public class ItemValidator : IValidator<Item> { public void Check(Item value) { /*= Request: A.Get → ItemValidator.Check */ } }
        public class OrderValidator : IValidator<Order> { public void Check(Order value) { /*= Unknown */ } }
        """,
        """
        private readonly IStore<Order> _orders = new Store<Order>();
        private readonly Items _items = new();
        private readonly IValidator<Item> _validator = new ItemValidator();
        private T Make<T>() where T : new() => new T();
        """);

    [Fact]
    public void Type_parameters_count_as_their_constraints() => FromAction(
        "Use(new Job()); new Runner<Job>().Run(new Job());",
        """
        public interface IJob { void Do(); void Undo(); }
        public class Job : IJob { public void Do() { /*= Request: A.Get → A.Use → Job.Do */ } public void Undo() { /*= Request: A.Get → Runner.Run → Job.Undo */ } }
        public class Runner<T> where T : IJob { public void Run(T job) => job.Undo(); }
        """,
        "private void Use<T>(T job) where T : IJob => job.Do();");

    [Fact]
    public void An_open_generic_implementation_serves_every_argument() => FromAction(
        "_brands.List(); foreach (var named in HttpContext.Items.Values.OfType<INamed>()) named.Rename();",
        """
        public abstract class Lookup;
        public class Brand : Lookup;
        public interface ILookups<T> { void List(); }
        public class Lookups<T> : ILookups<T> where T : Lookup { public void List() { /*= Request: A.Get → Lookups.List */ } }
        public interface INamed { void Rename(); }
        public class Pet : INamed { public void Rename() { /*= Request: A.Get → Pet.Rename */ } }
        public class Other { public void Rename() { /*= Unknown */ } }
        """,
        "private readonly ILookups<Brand> _brands = new Lookups<Brand>();");

    [Fact]
    public void A_base_call_is_not_virtual_and_extensions_look_at_type_arguments() => FromAction(
        "new Deep().Run(); new List<Brand>().Show(); new object().ToString();",
        """
        public class Brand;
        public class Store;
        public class Flat { public virtual void Run() { /*= Request: A.Get → Deep.Run → Flat.Run */ } }
        public class Deep : Flat { public override void Run() { /*= Request: A.Get → Deep.Run */ base.Run(); } }
        public class Deeper : Deep { public override void Run() { /*= Request: A.Get → Deeper.Run */ } public override string ToString() { /*= Unknown */ return ""; } }
        public class Aside : Flat { public override void Run() { /*= Unknown */ } }
        public static class S
        {
            public static void Show(this IEnumerable<Brand> all) { /*= Request: A.Get → S.Show */ }
            public static void Show(this IEnumerable<Store> all) { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Overloads_are_told_apart_by_their_number_of_arguments() => FromAction(
        "S.M(); S.M(1, 2); S.Many(1, 2, 3, 4); S.Optional();",
        """
        public static class S
        {
            public static void M() { /*= Request: A.Get → S.M */ }
            public static void M(int a) { /*= Unknown */ }
            public static void M(int a, int b) { /*= Request: A.Get → S.M */ }
            public static void Many(int a, params int[] rest) { /*= Request: A.Get → S.Many */ }
            public static void Optional(int a = 1) { /*= Request: A.Get → S.Optional */ }
            public static void Optional(string a, int b) { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Equal_type_names_are_told_apart_by_namespace() => Check(
        """
        using Web.Services;

        namespace Web.Controllers
        {
            public class A : ControllerBase
            {
                private readonly Clock _clock = new();
                public void Get() { _clock.Tick(); Helper.Do(); }
            }

            public static class Helper { public static void Do() { /*= Request: A.Get → Helper.Do */ } }
        }

        namespace Web.Services { public class Clock { public void Tick() { /*= Request: A.Get → Clock.Tick */ } } }
        namespace Desk { public class Clock { public void Tick() { /*= Unknown */ } } public static class Helper { public static void Do() { /*= Unknown */ } } }
        """);

    [Fact]
    public void Partial_and_nested_types() => Check(
        """
        public partial class A : ControllerBase
        {
            public void Get() { Rest(); Inner.Go(); new Outer<int>.Part().Go(); }
        }
        """,
        """
        public partial class A
        {
            private void Rest() { /*= Request: A.Get → A.Rest */ _inner.Go2(); }
            private readonly Inner _inner = new();
            private class Inner
            {
                public static void Go() { /*= Request: A.Get → Inner.Go */ Up(); }
                public void Go2() { /*= Request: A.Get → A.Rest → Inner.Go2 */ }
            }
            private static void Up() { /*= Request: A.Get → Inner.Go → A.Up */ }
        }

        public class Outer<T> { public class Part { public void Go() { /*= Request: A.Get → Part.Go */ } } }
        """);

    [Fact]
    public void Imported_and_aliased_names() => Check(
        """
        using static Tools.Maths;
        using Clock = Tools.Watch;

        public class A : ControllerBase
        {
            public void Get() { Add(); Clock.Tick(); new Clock().Tock(); }
        }

        namespace Tools
        {
            public static class Maths { public static void Add() { /*= Request: A.Get → Maths.Add */ } }
            public class Watch { public static void Tick() { /*= Request: A.Get → Watch.Tick */ } public void Tock() { /*= Request: A.Get → Watch.Tock */ } }
        }
        """);

    [Fact]
    public void The_shortest_chain_is_named_and_the_longest_path_is_bounded()
    {
        var source = """
            public class A : ControllerBase
            {
                public void Get() { S.M1(); S.Deep(); }
                public void Post() { S.M2(); }
            }

            public static class S
            {
                public static void M1() { M2(); }
                public static void M2() { M3(); }
                public static void M3() { /*= Request: A.Post → S.M2 → S.M3 */ M4(); }
                public static void M4() { M5(); }
                public static void M5() { /*= {0} */ }
                public static void Deep() { Deep(); }
            }
            """;
        Check(Compile(OutputKind.DynamicallyLinkedLibrary, source.Replace("{0}", "Request: A.Post → S.M2 → S.M3 → S.M4 → S.M5")), new PathSettings(4, []));
        Check(Compile(OutputKind.DynamicallyLinkedLibrary, source.Replace("{0}", "Unknown")), new PathSettings(3, []));
    }

    [Fact]
    public void Extension_blocks_of_CSharp_14() => FromAction(
        "text.Whisper(); 1.Twice();",
        """
        public static class S
        {
            extension(string text)
            {
                public string Whisper() { /*= Request: A.Get → S.Whisper */ return text.Quiet(); }
                public string Quiet() { /*= Request: A.Get → S.Whisper → S.Quiet */ return text; }
                public string NotCalled() { /*= Unknown */ return text; }
            }

            extension(int number)
            {
                public int Twice() { /*= Request: A.Get → S.Twice */ return number * 2; }
            }
        }
        """);

    [Fact]
    public void Abstract_properties_out_variables_and_type_arguments() => FromAction(
        """
        new Leaf().Describe();
        if (_byName.TryGetValue(text, out var found)) found.Wake();
        _settings.Get<int>("a");
        Publish(new Placed());
        """,
        """
        public abstract class Root { protected abstract int Kind { get; } public void Describe() { Kind.ToString(); } }
        public class Leaf : Root { protected override int Kind { get { /*= Request: A.Get → Root.Describe → Leaf.Kind */ return 1; } } }
        public class Sleeper { public void Wake() { /*= Request: A.Get → Sleeper.Wake */ } }
        public class Other { public void Wake() { /*= Unknown */ } }
        public interface ISettings { object Get(string name); }
        public class Settings : ISettings { public object Get(string name) { /*= Request: A.Get → SettingsExtensions.Get → Settings.Get */ return name; } }
        public static class SettingsExtensions { public static T Get<T>(this ISettings settings, string name) { /*= Request: A.Get → SettingsExtensions.Get */ return (T)settings.Get(name); } }
        public abstract class Event;
        public class Placed : Event;
        public interface IListener<T> { void On(T happened); }
        public class PlacedListener : IListener<Placed> { public void On(Placed happened) { /*= Request: A.Get → A.Publish → PlacedListener.On */ } }
        """,
        """
        private readonly Dictionary<string, Sleeper> _byName = [];
        private readonly ISettings _settings = new Settings();
        private void Publish<T>(T happened) where T : Event
        {
            foreach (var listener in HttpContext.RequestServices.GetServices<IListener<T>>()) listener.On(happened);
        }
        """);

    [Fact]
    public void A_call_on_an_unknown_receiver_is_followed_only_where_one_type_has_the_name() => FromAction(
        "dynamic d = text; d.OnlyHere(1); d.Twice(1);",
        """
        public class X { public void OnlyHere(int i) { /*= Request: A.Get → X.OnlyHere */ } public void Twice(int i) { /*= Unknown */ } }
        public class Y { public void Twice(int i) { /*= Unknown */ } }
        """);
}
