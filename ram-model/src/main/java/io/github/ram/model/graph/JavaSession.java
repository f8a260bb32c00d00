package io.github.ram.model.graph;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ops.OpContext;

/** A SameDiff session that runs each {@link JavaOperation} in Java and all other operations natively. */
final class JavaSession extends InferenceSession {

    JavaSession(SameDiff graph) {
        super(graph);
    }

    @Override
    public ExecutionResult doExec(
            DifferentialFunction operation,
            OpContext context,
            FrameIter frame,
            Set<VarId> inputs,
            Set<VarId> allIterationInputs,
            Set<String> constantsAndPlaceholders,
            Map<String, SDValue> otherPlaceholders) {
        if (operation instanceof JavaOperation java) {
            java.run(context);
            return ExecutionResult.createFrom(java, context);
        }
        return super.doExec(
                operation, context, frame, inputs, allIterationInputs, constantsAndPlaceholders, otherPlaceholders);
    }
}
