using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>Shapes in which real code hides a call: events, patterns, projections, overloads, messages, generated trees.</summary>
public sealed class CallShapeTests : PathTests
{
    private static void FromAction(string body, string rest, string members = "") => Check(
        $$"""
        public class A : ControllerBase
        {
            {{members}}
            public void Get(string text, int number) { {{body}} }
        }
        {{rest}}
        """);

    [Fact]
    public void Events_raised_in_one_method_and_subscribed_in_another() => Check(
        """
        public class A : ControllerBase
        {
            private readonly Cart _cart = Carts.Shared;
            public void Get() { _cart.Add(); }
        }

        public class Cart
        {
            public event EventHandler? Changed;
            public event EventHandler? Closed;
            private event Action? Counted;

            public void Subscribe()
            {
                Changed += OnChanged;
                this.Counted += () => { /*= Request: A.Get → Cart.Add → Cart.Counted */ Step(); };
                Closed += OnClosed;
            }

            public void Add() { Changed?.Invoke(this, EventArgs.Empty); Counted!(); }
            private void OnChanged(object? sender, EventArgs e) { /*= Request: A.Get → Cart.Add → Cart.Changed → Cart.OnChanged */ }
            private void OnClosed(object? sender, EventArgs e) { /*= Unknown */ }
            private void Step() { /*= Request: A.Get → Cart.Add → Cart.Counted → Cart.Step */ }
        }

        public static class Carts { public static Cart Shared => null!; }
        """);

    [Fact]
    public void An_event_of_a_nested_class_is_its_own() => Check(
        """
        public class A : ControllerBase
        {
            private event Action? Done;
            public void Get() { Done?.Invoke(); }
            internal void Outer() { Done += OnDone; }
            private void OnDone() { /*= Request: A.Get → A.Done → A.OnDone */ }
            private class Inner { private event Action? Done; public void Sub() { Done += OnInner; } private void OnInner() { /*= Unknown */ } }
            internal void After() { Done += AlsoDone; }
            private void AlsoDone() { /*= Request: A.Get → A.Done → A.AlsoDone */ }
        }
        """);

    [Fact]
    public void Patterns_read_properties_and_give_their_variables_types() => FromAction(
        """
        if (Find() is { IsOpen: true, Line.Weight: > 1 } found) found.Ship();
        if (Later().Result is { } later) later.Pack();
        if (Find() is var same) same!.Hold();
        var size = Find() switch { { Count: 1 } one => one.Single(), { } many => many.Several(), _ => 0 };
        switch (Find()) { case { Mark: "x" } marked: marked.Clear(); break; }
        """,
        """
        public class Line { public int Weight { get { /*= Request: A.Get → Line.Weight */ return 1; } } }
        public class Order
        {
            public bool IsOpen { get { /*= Request: A.Get → Order.IsOpen */ return true; } }
            public Line Line { get { /*= Request: A.Get → Order.Line */ return new(); } }
            public int Count => /*= Request: A.Get → Order.Count */ 1;
            public string Mark => /*= Request: A.Get → Order.Mark */ "x";
            public int Unread => /*= Unknown */ 1;
            public void Ship() { /*= Request: A.Get → Order.Ship */ }
            public void Pack() { /*= Request: A.Get → Order.Pack */ }
            public void Hold() { /*= Request: A.Get → Order.Hold */ }
            public int Single() { /*= Request: A.Get → Order.Single */ return 1; }
            public int Several() { /*= Request: A.Get → Order.Several */ return 2; }
            public void Clear() { /*= Request: A.Get → Order.Clear */ }
        }

        public class Other { public void Ship() { /*= Unknown */ } public void Pack() { /*= Unknown */ } public void Hold() { /*= Unknown */ } public int Single() { /*= Unknown */ return 1; } public int Several() { /*= Unknown */ return 1; } public void Clear() { /*= Unknown */ } }
        """,
        "private Order? Find() => null; private Task<Order?> Later() => Task.FromResult<Order?>(null);");

    [Fact]
    public void Compound_assignments_read_and_write() => FromAction(
        "var box = new Box(); box[text] += 1; box[1]++; box.Level--; box.Size ??= 1;",
        """
        public class Box
        {
            public int this[string name] { get { /*= Request: A.Get → Box.this[] */ return 1; } set { /*= Request: A.Get → Box.this[] */ } }
            public int this[int index] { get { /*= Request: A.Get → Box.this[] */ return 1; } set { /*= Request: A.Get → Box.this[] */ } }
            public int Level { get { /*= Request: A.Get → Box.Level */ return 1; } set { /*= Request: A.Get → Box.Level */ } }
            public int? Size { get { /*= Request: A.Get → Box.Size */ return 1; } set { /*= Request: A.Get → Box.Size */ } }
            public int Quiet { get { /*= Unknown */ return 1; } set { /*= Unknown */ } }
        }
        """);

    [Fact]
    public void Projections_and_groups_hand_their_elements_on() => FromAction(
        """
        foreach (var line in _orders.Select(o => o.First)) line.Print();
        foreach (var line in _orders.SelectMany(o => o.Lines)) line.Weigh();
        foreach (var order in _orders.GroupBy(o => o.Number).Select(g => g.Last())) order.Ship();
        """,
        """
        public class Order { public int Number; public Line First = new(); public List<Line> Lines = []; public void Ship() { /*= Request: A.Get → Order.Ship */ } public void Print() { /*= Unknown */ } public void Weigh() { /*= Unknown */ } }
        public class Line { public void Print() { /*= Request: A.Get → Line.Print */ } public void Weigh() { /*= Request: A.Get → Line.Weigh */ } public void Ship() { /*= Unknown */ } }
        """,
        "private readonly List<Order> _orders = [];");

    [Fact]
    public void A_call_on_an_unknown_type_runs_what_it_can_see_and_what_takes_its_argument() => FromAction(
        """
        var client = Clients.CreateClient("x");
        client.Send(new Question());
        client.CancelPendingRequests();
        """,
        """
        public class Question : System.Net.Http.HttpRequestMessage;
        public class Mailer { public int Send(string text) { /*= Unknown */ return text.Length; } }
        public class Worker { private void CancelPendingRequests() { /*= Unknown */ } }
        """,
        """
        private static System.Net.Http.IHttpClientFactory Clients => null!;
        """);

    [Fact]
    public void Overloads_with_equal_counts_are_told_apart_by_the_first_argument() => FromAction(
        """
        S.M(number); S.N(text); S.Either(Unclear()); new Made(text); _item.Move(3); S.Long(number); S.Named(b: "x", a: 1); S.Up(new Leaf()); S.Any(number); text.Tag("a");
        """,
        """
        public static class S
        {
            public static void M(int a) { /*= Request: A.Get → S.M */ }
            public static void M(string a) { /*= Unknown */ }
            public static void N(int a) { /*= Unknown */ }
            public static void N(string a) { /*= Request: A.Get → S.N */ }
            public static void Either(int a) { /*= Request: A.Get → S.Either */ }
            public static void Either(string a) { /*= Request: A.Get → S.Either */ }
            public static void Long(long a) { /*= Request: A.Get → S.Long */ }
            public static void Long(string a) { /*= Unknown */ }
            public static void Named(int a, string b) { /*= Request: A.Get → S.Named */ }
            public static void Named(string a, string b) { /*= Request: A.Get → S.Named */ }
            public static void Up(Root a) { /*= Request: A.Get → S.Up */ }
            public static void Up(Third a) { /*= Unknown */ }
            public static void Any<T>(T a) { /*= Request: A.Get → S.Any */ }
            public static void Any(Other a) { /*= Request: A.Get → S.Any */ }
            public static void Tag(this string text, string tag) { /*= Request: A.Get → S.Tag */ }
            public static void Tag(this string text, int tag) { /*= Unknown */ }
        }

        public class Root;
        public class Leaf : Root;
        public class Third;
        public class Other { public static implicit operator Other(int x) => new(); }
        public class Made { public Made(int a) { /*= Unknown */ } public Made(string a) { /*= Request: A.Get → Made() */ } }
        public class Item { public void Move(int stage) { /*= Request: A.Get → Item.Move */ } public void Move(string stage) { /*= Unknown */ } }
        """,
        "private readonly Item _item = new(); private dynamic Unclear() => 1;");

    [Fact]
    public void An_extension_takes_the_call_that_no_method_of_the_type_can() => FromAction(
        "_items.Find(text); _items.Get(1);",
        """
        public interface IItems { object Find(Guid id); object Get(int id); }
        public class Items : IItems { public object Find(Guid id) { /*= Request: A.Get → ItemsExtensions.Find → Items.Find */ return id; } public object Get(int id) { /*= Request: A.Get → Items.Get */ return id; } }
        public class Id { public static Guid Of(string text) => default; }
        public static class ItemsExtensions
        {
            public static object Find(this IItems items, string id) { /*= Request: A.Get → ItemsExtensions.Find */ return items.Find(Id.Of(id)); }
            public static object Get(this IItems items, string id) { /*= Unknown */ return id; }
        }
        """,
        "private readonly IItems _items = new Items();");

    [Fact]
    public void All_constraints_of_a_type_parameter_count() => FromAction(
        "new Refresher<Movie>().Run(new Movie());",
        """
        public abstract class Item { public void Touch() { /*= Request: A.Get → Refresher.Run → Item.Touch */ } }
        public interface IHasLookup<T> { T Lookup(); }
        public class Movie : Item, IHasLookup<int> { public int Lookup() { /*= Request: A.Get → Refresher.Run → Movie.Lookup */ return 1; } }
        public class Refresher<T> where T : Item, IHasLookup<int> { public void Run(T item) { item.Touch(); item.Lookup(); new List<T> { item }.ForEach(x => { /*= Request: A.Get → Refresher.Run */ x.Touch(); }); } }
        """);

    [Fact]
    public void Type_parameters_that_constrain_each_other_end() => Check(
        Compile(OutputKind.DynamicallyLinkedLibrary,
        """
        public class A : ControllerBase { public void Get() { new B<int, int>().M(1); } }
        public class B<T, U> where T : U where U : T { public void M(T item) { /*= Request: A.Get → B.M */ item.Run(); } }
        public class C { public void Run() { /*= Unknown */ } }
        public class D { public void Run() { /*= Unknown */ } }
        """), Standard, isBroken: true);

    [Fact]
    public void The_same_words_in_two_types_of_one_file_mean_two_things() => Check(
        """
        public class A : ControllerBase
        {
            private readonly Left _item = new();
            public void Get() { _item.Run(); Own<Left>(_item); Own2<Right>(new Right()); }
            private void Own<T>(T one) where T : Left { one.Twice(); }
            private void Own2<T>(T one) where T : Right { one.Once(); }
        }

        public class B
        {
            private readonly Right _item = new();
            public void Unused() { _item.Run(); }
        }

        public class Left { public void Run() { /*= Request: A.Get → Left.Run */ } public void Once() { /*= Unknown */ } public void Twice() { /*= Request: A.Get → A.Own → Left.Twice */ } }
        public class Right { public void Run() { /*= Unknown */ } public void Once() { /*= Request: A.Get → A.Own2 → Right.Once */ } public void Twice() { /*= Unknown */ } }
        """);

    [Fact]
    public void Tuples_are_taken_apart_by_name_and_by_place() => FromAction(
        """
        var (order, line) = Find(); order.Ship(); line.Print();
        foreach (var (one, other) in _pairs) { one.Hold(); other.Weigh(); }
        foreach (var pair in _pairs.Where(p => p.First.IsOpen())) pair.Second.Pack();
        Find().Item1.Close();
        """,
        """
        public class Order { public void Ship() { /*= Request: A.Get → Order.Ship */ } public void Hold() { /*= Request: A.Get → Order.Hold */ } public bool IsOpen() { /*= Request: A.Get → Order.IsOpen */ return true; } public void Close() { /*= Request: A.Get → Order.Close */ } public void Print() { /*= Unknown */ } public void Weigh() { /*= Unknown */ } public void Pack() { /*= Unknown */ } }
        public class Line { public void Print() { /*= Request: A.Get → Line.Print */ } public void Weigh() { /*= Request: A.Get → Line.Weigh */ } public void Pack() { /*= Request: A.Get → Line.Pack */ } public void Ship() { /*= Unknown */ } public void Hold() { /*= Unknown */ } public bool IsOpen() { /*= Unknown */ return true; } public void Close() { /*= Unknown */ } }
        """,
        "private readonly List<(Order First, Line Second)> _pairs = []; private (Order, List<int>?, Line) Three() => default; private (Order Order, Line Line) Find() => default;");

    [Fact]
    public void Handlers_of_messages_are_entries_and_what_they_call_is_reached() => Check(
        """
        using MediatR;

        public record Create(int Id) : IRequest<int>;
        public class CreateHandler : IRequestHandler<Create, int>
        {
            public Task<int> Handle(Create request, CancellationToken cancel) { /*= Request: CreateHandler.Handle */ return Task.FromResult(Save(request.Id)); }
            private static int Save(int id) { /*= Request: CreateHandler.Handle → CreateHandler.Save */ return id; }
        }
        """);

    [Fact]
    public void Delegates_in_locals_and_as_arguments() => FromAction(
        "Func<int, int> f = S.Twice; f(1); Action<string> g = new S2().Note; Run(S.Passed); Run(() => S.InLambda()); var h = S.Inferred; h(1);",
        """
        public static class S
        {
            public static int Twice(int x) { /*= Request: A.Get → S.Twice */ return x; }
            public static void Passed() { /*= Request: A.Get → S.Passed */ }
            public static void InLambda() { /*= Request: A.Get → S.InLambda */ }
            public static void Inferred(int x) { /*= Request: A.Get → S.Inferred */ }
            public static void Never(int x) { /*= Unknown */ }
        }
        public class S2 { public void Note(string text) { /*= Request: A.Get → S2.Note */ } }
        """,
        "private void Run(Action action) => action();");

    [Fact]
    public void Disposal_and_enumeration_by_shape_also_asynchronously() => Check(
        """
        public class A : ControllerBase
        {
            public async Task Get()
            {
                await using var held = new Held();
                await using (new Other()) { }
                await foreach (var x in new Stream()) x.ToString();
                using (var sync = new Sync()) { }
            }
        }
        public class Held : IAsyncDisposable { public ValueTask DisposeAsync() { /*= Request: A.Get → Held.DisposeAsync */ return default; } }
        public class Other { public ValueTask DisposeAsync() { /*= Request: A.Get → Other.DisposeAsync */ return default; } public void Dispose() { /*= Unknown */ } }
        public class Sync : IDisposable { public void Dispose() { /*= Request: A.Get → Sync.Dispose */ } }
        public class Stream { public async IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancel = default) { /*= Request: A.Get → Stream.GetAsyncEnumerator */ yield return 1; await Task.Yield(); } }
        """);

    [Fact]
    public void Generated_trees_of_Razor_gRPC_and_regexes_are_part_of_the_paths()
    {
        var compilation = Compile(OutputKind.DynamicallyLinkedLibrary,
            """
            using System.Text.RegularExpressions;

            namespace Shop.Pages;

            public partial class Search { [GeneratedRegexLike] internal static partial Regex Words(); public static int Count(string text) { /*= Request: Pages_Index.ExecuteAsync → Search.Count */ return Words().Count(text); } }
            public class GeneratedRegexLikeAttribute : Attribute;
            public static class Prices { public static string Show(int cents) { /*= Request: Pages_Index.ExecuteAsync → Prices.Show */ return Format(cents); } private static string Format(int cents) { /*= Request: Pages_Index.ExecuteAsync → Prices.Show → Prices.Format */ return ""; } }
            public partial class Counter : Microsoft.AspNetCore.Components.ComponentBase { private void Click() { /*= Request: Counter.BuildRenderTree → Counter.Click */ } }
            """);
        var generated = new (string Path, string Text)[]
        {
            ("obj/Pages_Index_cshtml.g.cs", """
                // <auto-generated/>
                namespace AspNetCoreGeneratedDocument
                {
                    #line default
                    internal sealed class Pages_Index : global::Microsoft.AspNetCore.Mvc.Razor.RazorPage<dynamic>
                    {
                        public async override global::System.Threading.Tasks.Task ExecuteAsync()
                        {
                            WriteLiteral("<p>");
                            Write(global::Shop.Pages.Prices.Show(100));
                            Write(global::Shop.Pages.Search.Count("a b"));
                            await global::System.Threading.Tasks.Task.Yield();
                        }
                    }
                }
                """),
            ("obj/Counter_razor.g.cs", """
                // <auto-generated/>
                namespace Shop.Pages
                {
                    public partial class Counter
                    {
                        protected override void BuildRenderTree(global::Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder __builder)
                        {
                            __builder.AddAttribute(1, "onclick", global::Microsoft.AspNetCore.Components.EventCallback.Factory.Create<global::Microsoft.AspNetCore.Components.Web.MouseEventArgs>(this, Click));
                        }
                    }
                }
                """),
            ("obj/RegexGenerator.g.cs", """
                // <auto-generated/>
                namespace Shop.Pages
                {
                    partial class Search
                    {
                        internal static partial global::System.Text.RegularExpressions.Regex Words() => /*= Request: Pages_Index.ExecuteAsync → Search.Count → Search.Words */ global::System.Text.RegularExpressions.Generated.Words_0.Instance;
                    }
                }

                namespace System.Text.RegularExpressions.Generated
                {
                    file sealed class Words_0 : global::System.Text.RegularExpressions.Regex
                    {
                        internal static readonly Words_0 Instance = /*= Cold: Words_0() */ new Words_0();
                        private Words_0() { /*= Cold: Words_0() → Words_0() */ }
                    }
                }
                """.Replace("/*= Cold: Words_0() → Words_0() */ ", "")),
        };
        Check(compilation.AddSyntaxTrees(generated.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path))), Standard);
    }
}
