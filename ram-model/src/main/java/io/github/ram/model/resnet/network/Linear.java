package io.github.ram.model.resnet.network;

/**
 * A fully connected layer: y = x·Wᵀ + b, with parameters {@code NAME.weight} [out, in] and {@code NAME.bias} [out].
 *
 * @param name such as {@code fc}
 * @param in values of x
 * @param out values of y
 */
public record Linear(String name, int in, int out) {

    /** Name of W [out, in]. */
    public String weight() {
        return name + ".weight";
    }

    /** Name of b [out]. */
    public String bias() {
        return name + ".bias";
    }
}
