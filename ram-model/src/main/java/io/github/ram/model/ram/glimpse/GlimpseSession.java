package io.github.ram.model.ram.glimpse;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ops.OpContext;

/** SameDiff's own session, which runs the sensor here and every other operation as ever. */
final class GlimpseSession extends InferenceSession {

    GlimpseSession(SameDiff graph) {
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
        if (operation instanceof GlimpseSensor sensor) {
            sensor.run(context);
            return ExecutionResult.createFrom(sensor, context);
        }
        return super.doExec(
                operation, context, frame, inputs, allIterationInputs, constantsAndPlaceholders, otherPlaceholders);
    }
}
