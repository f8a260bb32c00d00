package io.github.ram.benchmark;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/**
 * An ONNX graph as TorchScript, so that libtorch runs the very same operations on the very same weights. Knows the
 * operations that an exported rollout has, and no others.
 */
final class TorchScript {

    private final GraphProto graph;
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> shapes = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    private TorchScript(GraphProto graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
    }

    /** The archive that libtorch loads: a module whose {@code forward} has the graph's inputs and outputs. */
    static byte[] archive(GraphProto graph) {
        TorchScript script = new TorchScript(graph);
        String code = script.code();
        Map<String, TensorProto> attributes = new LinkedHashMap<>();
        script.constants.forEach((name, constant) -> attributes.put(identifier(name), constant));
        return TorchArchive.of(code, attributes);
    }

    private String code() {
        List<String> head =
                new ArrayList<>(List.of("class Ram(Module):", "  __parameters__ = []", "  __buffers__ = []"));
        constants.keySet().forEach(name -> head.add("  " + identifier(name) + " : Tensor"));
        String input = graph.getInput(0).getName();
        head.add("  def forward(self: __torch__.Ram, " + input + ": Tensor) -> Tuple[Tensor, Tensor]:");
        graph.getNodeList().forEach(this::add);
        lines.forEach(line -> head.add("    " + line));
        head.add("    return (" + name(graph.getOutput(0).getName()) + ", "
                + name(graph.getOutput(1).getName()) + ")");
        return String.join("\n", head) + "\n";
    }

    private void add(NodeProto node) {
        if (node.getOpType().equals("Shape")
                || isOfShape(node) && !node.getOpType().equals("Expand")) {
            shapes.add(node.getOutput(0)); // what the batch is measured with: Expand does it here
            return;
        }
        if (node.getOpType().equals("Split")) {
            String parts = identifier(node.getName());
            lines.add("%s = torch.chunk(%s, %d, %d)"
                    .formatted(parts, name(node.getInput(0)), node.getOutputCount(), integer(node, "axis")));
            for (int i = 0; i < node.getOutputCount(); i++) {
                names.put(node.getOutput(i), parts + "[" + i + "]");
            }
            return;
        }
        names.put(node.getOutput(0), identifier(node.getOutput(0)));
        lines.add(name(node.getOutput(0)) + " = " + expression(node));
    }

    private boolean isOfShape(NodeProto node) {
        return node.getInputList().stream().anyMatch(shapes::contains);
    }

    private String expression(NodeProto node) {
        return switch (node.getOpType()) {
            case "Gemm" -> "torch.addmm(%s, %s, %s)".formatted(input(node, 2), input(node, 0), input(node, 1));
            case "Relu" -> "torch.relu(%s)".formatted(input(node, 0));
            case "Tanh" -> "torch.tanh(%s)".formatted(input(node, 0));
            case "Sigmoid" -> "torch.sigmoid(%s)".formatted(input(node, 0));
            case "Floor" -> "torch.floor(%s)".formatted(input(node, 0));
            case "Softmax" -> "torch.softmax(%s, %d)".formatted(input(node, 0), integer(node, "axis"));
            case "Add" -> "torch.add(%s, %s)".formatted(input(node, 0), input(node, 1));
            case "Mul" -> "torch.mul(%s, %s)".formatted(input(node, 0), input(node, 1));
            case "MatMul" -> "torch.matmul(%s, %s)".formatted(input(node, 0), input(node, 1));
            case "Cast" -> "torch.to(%s, 4)".formatted(input(node, 0)); // torch's int64
            case "Gather" -> "torch.index_select(%s, 1, %s)".formatted(input(node, 0), input(node, 1));
            case "GatherElements" -> "torch.gather(%s, 1, %s)".formatted(input(node, 0), input(node, 1));
            case "ReduceMean" -> "torch.mean(%s, [2])".formatted(input(node, 0));
            case "Concat" ->
                "torch.cat([%s], 1)"
                        .formatted(String.join(
                                ", ",
                                node.getInputList().stream().map(this::name).toList()));
            case "Reshape" -> "torch.reshape(%s, %s)".formatted(input(node, 0), shape(node));
            case "Expand" ->
                "torch.expand(%s, [torch.size(%s, 0), 2])"
                        .formatted(input(node, 0), graph.getInput(0).getName());
            case "Pad" -> pad(node);
            default -> throw new IllegalArgumentException("no TorchScript for " + node.getOpType());
        };
    }

    private String pad(NodeProto node) {
        long[] widths = longs(node.getInput(1)); // before each axis, then after each
        List<Long> lastAxisFirst = new ArrayList<>();
        int axes = widths.length / 2;
        for (int axis = axes - 1; axis >= 0; axis--) {
            lastAxisFirst.add(widths[axis]);
            lastAxisFirst.add(widths[axes + axis]);
        }
        float value = constants
                .get(node.getInput(2))
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        return "torch.constant_pad_nd(%s, %s, %s)".formatted(input(node, 0), lastAxisFirst, value);
    }

    /** Of the shapes here only the first dimension may be that of the input. */
    private String shape(NodeProto node) {
        long[] shape = longs(node.getInput(1));
        List<String> dimensions = new ArrayList<>();
        for (long size : shape) {
            dimensions.add(size == 0 ? "torch.size(%s, 0)".formatted(input(node, 0)) : Long.toString(size));
        }
        return dimensions.toString();
    }

    private long[] longs(String constant) {
        var values = constants
                .get(constant)
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] longs = new long[values.remaining()];
        values.get(longs);
        return longs;
    }

    private static long integer(NodeProto node, String attribute) {
        return node.getAttributeList().stream()
                .filter(candidate -> candidate.getName().equals(attribute))
                .mapToLong(AttributeProto::getI)
                .findFirst()
                .orElseThrow();
    }

    private String input(NodeProto node, int i) {
        return name(node.getInput(i));
    }

    private String name(String value) {
        return constants.containsKey(value) ? "self." + identifier(value) : names.getOrDefault(value, value);
    }

    private static String identifier(String name) {
        return name.replace('.', '_');
    }
}
