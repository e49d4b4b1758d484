using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge.EfModel;

namespace PerfAnalyzers.Tests.Knowledge;

public sealed class EntityModelTests
{
    private const string Entities = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        using Microsoft.Extensions.DependencyInjection;

        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public string Number { get; set; }
            public byte[] Scan { get; set; }
            public Uri Link { get; set; }
            public virtual Customer Customer { get; set; }
            public virtual ICollection<Item> Items { get; set; }
            public Address Address { get; set; }
            public Dictionary<string, Item> ByName { get; set; }
        }
        public class Item { public int ItemId { get; set; } public int Line { get; set; } public int OrderId { get; set; } public virtual Order Order { get; set; } }
        public class Customer { public int Id { get; set; } public string Email { get; set; } public List<Order> Orders { get; } = new(); }
        public class Address { public string Street { get; set; } }

        """;

    private const string Context = """
        public class ShopContext : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Customer> Customers => Set<Customer>(); }

        """;

    [Fact]
    public void Navigations_are_told_from_columns_and_values()
    {
        var model = new Model(Entities + Context);
        Assert.Equal(["Customer", "Items*"], model.Navigations("Order"));
        Assert.Equal(["Orders*"], model.Navigations("Customer"));
        Assert.Equal(["Order"], model.Navigations("Item"));
    }

    [Theory]
    [InlineData("b.OwnsOne(x => x.Customer);")]
    [InlineData("b.OwnsOne(x => x.Customer, c => { c.Property(x => x.Email); });")]
    [InlineData("b.Ignore(x => x.Customer);")]
    [InlineData("b.Property(x => x.Customer).HasConversion<string>();")]
    [InlineData("b.ComplexProperty(x => x.Customer);")]
    public void A_configured_value_is_no_navigation(string configuration)
    {
        Assert.DoesNotContain("Customer", new Model(Entities + Context + Configured(configuration)).Navigations("Order"));
        Assert.DoesNotContain("Customer", new Model(Entities + Creating($"modelBuilder.Entity<Order>(b => {{ {configuration} }});")).Navigations("Order"));
        Assert.DoesNotContain("Customer", new Model(Entities + Creating($"var b = modelBuilder.Entity<Order>(); {configuration}")).Navigations("Order"));
    }

    [Theory]
    [InlineData("modelBuilder.Owned<Customer>();")]
    [InlineData("modelBuilder.Owned(typeof(Customer));")]
    [InlineData("modelBuilder.Ignore<Customer>();")]
    public void A_type_configured_as_a_value_is_no_target(string configuration) =>
        Assert.Equal(["Items*"], new Model(Entities + Creating(configuration).Replace("public DbSet<Customer> Customers => Set<Customer>();", "")).Navigations("Order"));

    [Fact]
    public void Attributes_make_values()
    {
        var source = Entities.Replace("public class Customer", "[Owned] public class Customer").Replace("public virtual ICollection<Item> Items", "[NotMapped] public virtual ICollection<Item> Items");
        Assert.Equal([], new Model(source + Context).Navigations("Order"));
    }

    [Theory]
    [InlineData("b.Navigation(x => x.Items).AutoInclude();", true)]
    [InlineData("b.Navigation(nameof(Order.Items)).AutoInclude(true);", true)]
    [InlineData("b.Navigation(x => x.Items).AutoInclude(false);", false)]
    [InlineData("b.Navigation(x => x.Items).UsePropertyAccessMode(PropertyAccessMode.Field);", false)]
    public void AutoInclude_is_read(string configuration, bool expected)
    {
        Assert.Equal(expected, new Model(Entities + Context + Configured(configuration)).Navigation("Order", "Items").IsAutoIncluded);
        Assert.Equal(expected, new Model(Entities + Creating($"Configure(modelBuilder.Entity<Order>()); static void Configure(EntityTypeBuilder<Order> b) {{ {configuration} }}")).Navigation("Order", "Items").IsAutoIncluded);
    }

    [Fact]
    public void A_snapshot_tells_owned_types_keys_and_indexes()
    {
        var model = new Model(Entities + """
            public class ShopSnapshot : ModelSnapshot
            {
                protected override void BuildModel(ModelBuilder modelBuilder)
                {
                    modelBuilder.Entity("Order", b =>
                    {
                        b.Property<int>("Id");
                        b.HasKey("Id", "Number");
                        b.HasIndex("Number").IsUnique();
                        b.HasIndex("CustomerId", "Number");
                        b.HasOne("Customer", "Customer").WithMany("Orders").HasForeignKey("CustomerId");
                        b.OwnsMany("Shop.Item", "Items", b1 => { b1.Property<int>("Line"); b1.ToTable("Items"); });
                    });
                }
            }
            """);
        Assert.Equal(["Customer"], model.Navigations("Order"));
        var facts = model.Facts("Order");
        Assert.Equal("Id,Number", Joined(facts.Key));
        Assert.Equal(["Id,Number", "Number"], facts.Uniques.Select(Joined));
        Assert.Equal(["Number", "CustomerId,Number"], facts.Indexes.Select(Joined));
        Assert.Equal(["CustomerId"], facts.ForeignKeys.Select(Joined));
    }

    [Fact]
    public void Code_wins_over_the_snapshot()
    {
        var model = new Model(Entities + Context + Configured("b.HasKey(x => x.Number);") + """
            public class ShopSnapshot : ModelSnapshot
            {
                protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.Entity("Order", b => b.HasKey("Id"));
            }
            """);
        Assert.Equal("Number", Joined(model.Facts("Order").Key));
    }

    [Fact]
    public void Keys_follow_the_conventions()
    {
        var model = new Model(Entities + """
            public class Line { public int LineId { get; set; } public int Id { get; set; } }
            public class Tag { [Key] public string Name { get; set; } public int Id { get; set; } }
            [PrimaryKey(nameof(A), nameof(B))] public class Pair { public int A { get; set; } public int B { get; set; } }
            [Keyless] public class Row { public int Id { get; set; } }
            public class Derived : Tag { }
            """);
        Assert.Equal("Id", Joined(model.Facts("Order").Key));
        Assert.Equal("ItemId", Joined(model.Facts("Item").Key));
        Assert.Equal("Id", Joined(model.Facts("Line").Key));
        Assert.Equal("Name", Joined(model.Facts("Tag").Key));
        Assert.Equal("A,B", Joined(model.Facts("Pair").Key));
        Assert.Equal("", Joined(model.Facts("Row").Key));
        Assert.Equal("Name", Joined(model.Facts("Derived").Key));
    }

    [Fact]
    public void Foreign_keys_are_read_from_names_attributes_and_configuration()
    {
        var model = new Model(Entities.Replace("public int Line ", "[ForeignKey(\"Parent\")] public int Up { get; set; } public virtual Item Parent { get; set; } public int Line ") + Context
            + Configured("b.HasMany<Item>().WithOne().HasForeignKey(i => i.Line);"));
        Assert.Equal(["CustomerId"], model.Facts("Order").ForeignKeys.Select(Joined));
        Assert.Equal(["Line", "OrderId", "Up"], model.Facts("Item").ForeignKeys.Select(Joined).Order());
    }

    [Fact]
    public void Indexes_are_read_from_attributes_and_configuration()
    {
        var model = new Model(Entities.Replace("public class Customer", "[Index(nameof(Email), IsUnique = true)] [Index(nameof(Id), nameof(Email))] public class Customer") + Context + Configured("b.HasIndex(x => new { x.CustomerId, x.Number });"));
        Assert.Equal(["Email", "Id,Email"], model.Facts("Customer").Indexes.Select(Joined));
        Assert.Equal(["Id", "Email"], model.Facts("Customer").Uniques.Select(Joined));
        Assert.Equal(["CustomerId,Number"], model.Facts("Order").Indexes.Select(Joined));
    }

    [Theory]
    [InlineData("", "Possible")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseLazyLoadingProxies().UseSqlite(\"x\"));", "On")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseSqlite(\"x\"));", "Off")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseLazyLoadingProxies(false).UseSqlite(\"x\"));", "Off")]
    [InlineData("services.AddDbContext<OtherContext>(o => o.UseSqlite(\"x\"));", "Possible")]
    [InlineData("services.AddDbContextPool<ShopContext>(o => { o.UseSqlite(\"x\"); });", "Off")]
    [InlineData("services.AddDbContext<ShopContext>(o => Choose(o)); void Choose(DbContextOptionsBuilder b) { b.UseSqlite(\"x\"); b.UseLazyLoadingProxies(); }", "On")]
    [InlineData("services.AddDbContext<ShopContext>();", "Possible")]
    [InlineData("_ = new DbContextOptionsBuilder<ShopContext>().UseSqlite(\"x\").Options;", "Off")]
    [InlineData("_ = new DbContextOptionsBuilder<OtherContext>().UseSqlite(\"x\").Options;", "Possible")]
    public void Proxies_are_proven_by_the_set_up(string setup, string expected) =>
        Assert.Equal(expected, new Model(Entities + Context + $$"""
            public class OtherContext : DbContext { }
            static class Setup { static void Add(IServiceCollection services) { {{setup}} } }
            """).LazyLoading("Order", "Customer"));

    [Theory]
    [InlineData("protected override void OnConfiguring(DbContextOptionsBuilder b) => b.UseSqlite(\"x\");", "Off")]
    [InlineData("protected override void OnConfiguring(DbContextOptionsBuilder b) => b.UseSqlite(\"x\").UseLazyLoadingProxies();", "On")]
    [InlineData("protected override void OnConfiguring(DbContextOptionsBuilder b) { if (!b.IsConfigured) b.UseSqlite(\"x\"); }", "Possible")]
    [InlineData("public ShopContext() { ChangeTracker.LazyLoadingEnabled = false; }", "Off")]
    public void The_context_itself_is_a_set_up(string member, string expected) =>
        Assert.Equal(expected, new Model(Entities + Context.Replace("public DbSet<Order> Orders", member + " public DbSet<Order> Orders")).LazyLoading("Order", "Customer"));

    [Fact]
    public void A_tool_factory_is_not_the_set_up() =>
        Assert.Equal("Possible", new Model(Entities + Context + """
            public class Factory : Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory<ShopContext>
            {
                public ShopContext CreateDbContext(string[] args) { new DbContextOptionsBuilder<ShopContext>().UseSqlite("x"); return new ShopContext(); }
            }
            """).LazyLoading("Order", "Customer"));

    [Fact]
    public void Only_virtual_navigations_load_through_proxies() =>
        Assert.Equal("Off", new Model(Entities + Context).LazyLoading("Customer", "Orders"));

    [Theory]
    [InlineData("ILazyLoader", "_loader.Load(this, ref _customer)")]
    [InlineData("Action<object, string>", "_loader.Load(this, ref _customer)")]
    public void A_lazy_loader_loads_without_proxies(string type, string getter)
    {
        var source = Entities.Replace("public virtual Customer Customer { get; set; }", $$"""
            private readonly {{type}} _loader;
            private Customer _customer;
            public Order() { }
            private Order({{type}} lazyLoader) => _loader = lazyLoader;
            public Customer Customer { get => {{getter}}; set => _customer = value; }
            public Customer Plain { get; set; }
            """) + Context.Replace("public DbSet<Order>", "protected override void OnConfiguring(DbContextOptionsBuilder b) => b.UseSqlite(\"x\"); public DbSet<Order>")
            + (type == "ILazyLoader" ? "" : "static class Pocos { public static T Load<T>(this Action<object, string> loader, object entity, ref T field, string name = null) { loader?.Invoke(entity, name); return field; } }");
        var model = new Model(source);
        Assert.Equal("On", model.LazyLoading("Order", "Customer"));
        Assert.Equal("Off", model.LazyLoading("Order", "Plain"));
    }

    private static string Configured(string configuration) =>
        $"public class OrderConfiguration : IEntityTypeConfiguration<Order> {{ public void Configure(EntityTypeBuilder<Order> b) {{ {configuration} }} }}\n";

    private static string Creating(string configuration) =>
        Context.Replace("public DbSet<Order>", $"protected override void OnModelCreating(ModelBuilder modelBuilder) {{ {configuration} }} public DbSet<Order>");

    private static string Joined(ImmutableArray<string> names) => string.Join(",", names);

    private sealed class Model
    {
        private readonly CSharpCompilation _compilation;

        public Model(string source)
        {
            _compilation = CSharpCompilation.Create("Shop", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))], ReferenceAssemblies.All.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            Assert.Empty(_compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        }

        public IEnumerable<string> Navigations(string entity) => EntityFacts.PropertiesOf(Type(entity)).Select(property => EntityModel.Of(_compilation).NavigationOf(property, Type(entity)))
            .OfType<Navigation>().Select(navigation => navigation.Name + (navigation.IsCollection ? "*" : ""));

        public Navigation Navigation(string entity, string name) => EntityModel.Of(_compilation).NavigationOf(EntityFacts.PropertiesOf(Type(entity)).Single(property => property.Name == name), Type(entity))!;

        public EntityFacts Facts(string entity) => EntityModel.Of(_compilation).FactsOf(Type(entity));

        public string LazyLoading(string entity, string name) => EntityModel.Of(_compilation).LazyLoadingOf(Navigation(entity, name), Type("ShopContext")).ToString();

        private INamedTypeSymbol Type(string name) => _compilation.GetTypeByMetadataName(name)!;
    }
}
