using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Tests.Rules.Database;

/// <summary>Set-ups that are only partly in sight.</summary>
public sealed class LazyLoadLoopSetupTests : LazyLoadLoopTestBase
{
    private const string Loop = "foreach (var o in db.Orders.ToList()) Use(o.Customer);";
    private const string LoadingLoop = "foreach (var o in db.Orders.ToList()) Use(o.[|Customer|]);";
    private const string Program = "static class Program { static void Main() { } }";

    [Fact]
    public Task A_program_sees_whether_it_has_proxies() => IsQuietOn(Code(Loop) + Program, test =>
    {
        Set_up("_ = options")(test);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.SolutionTransform = WithoutProxies;
    });

    [Fact]
    public Task A_program_with_proxies() => Flags(Code(LoadingLoop) + Program, test =>
    {
        Set_up("_ = options")(test);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
    });

    [Fact]
    public Task A_library_does_not_see_what_the_program_has() => Flags(Code(LoadingLoop), test =>
    {
        Set_up("_ = options")(test);
        test.SolutionTransform = WithoutProxies;
    });

    [Fact]
    public Task A_loader_needs_no_proxies() => Flags(Code(LoadingLoop) + Program, test =>
    {
        Store_with("public virtual Customer Customer { get; set; }", """
            private readonly System.Action<object, string> _load;
            private Customer _customer;
            public Order() { }
            private Order(System.Action<object, string> load) => _load = load;
            public Customer Customer { get { _load?.Invoke(this, nameof(Customer)); return _customer; } set => _customer = value; }
            """)(test);
        Set_up("_ = options")(test);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.SolutionTransform = WithoutProxies;
    });

    [Fact]
    public Task An_abstract_context_is_one_of_those_that_are_set_up() => IsQuietOn(Code(Loop), test =>
    {
        Set_up("_ = options")(test);
        Store_with("public class StoreContext : DbContext", $"{Derived("ShopContext")} public abstract class StoreContext : DbContext")(test);
    });

    [Fact]
    public Task One_of_several_contexts_is_set_up_elsewhere() => Flags(Code(LoadingLoop), test =>
    {
        Set_up("_ = options")(test);
        Store_with("public class StoreContext : DbContext", $"{Derived("ShopContext")} public class OtherContext : StoreContext {{ }} public abstract class StoreContext : DbContext")(test);
    });

    [Fact]
    public Task Rows_that_another_member_fetches_and_a_third_one_walks() => IsQuietOn(Code("var orders = await Load(); Use(MapAll(orders));", """
        Task<List<Order>> Load() => db.Orders.ToListAsync();
        static List<string> MapAll(List<Order> orders) => orders.Select(o => o.Customer.Name).ToList();
        """));

    private static string Derived(string name) => $"public class {name} : StoreContext {{ protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(\"x\"); }}";

    private static Solution WithoutProxies(Solution solution, ProjectId id)
    {
        var references = solution.GetProject(id)!.MetadataReferences;
        var kept = references.Where(reference => reference.Display?.Contains("EntityFrameworkCore.Proxies", StringComparison.Ordinal) != true).ToList();
        Assert.Equal(references.Count - 1, kept.Count);
        return solution.WithProjectMetadataReferences(id, kept);
    }
}
