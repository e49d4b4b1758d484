using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>The values that a control flow graph keeps while a condition inside an expression is evaluated.</summary>
internal sealed class FlowCaptures
{
    private readonly Dictionary<CaptureId, List<IOperation>> _values = new();

    public FlowCaptures(ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is not IFlowCaptureOperation capture)
                    continue;

                if (!_values.TryGetValue(capture.Id, out var values))
                    _values.Add(capture.Id, values = []);

                values.Add(capture.Value);
            }
        }
    }

    /// <summary>The one value that is kept; null where it depends on the path.</summary>
    public IOperation? ValueOf(IFlowCaptureReferenceOperation reference) => ValuesOf(reference) is { Count: 1 } values ? values[0] : null;

    /// <summary>All values that may be kept.</summary>
    public IReadOnlyList<IOperation> ValuesOf(IFlowCaptureReferenceOperation reference) => _values.TryGetValue(reference.Id, out var values) ? values : [];
}
