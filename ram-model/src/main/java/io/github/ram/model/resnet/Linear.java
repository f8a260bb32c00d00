package io.github.ram.model.resnet;

/**
 * A fully connected layer: y = x·Wᵀ + b, with parameters {@code NAME.weight} [out, in] and {@code NAME.bias} [out].
 *
 * @param name such as {@code fc}
 * @param in values of x
 * @param out values of y
 */
record Linear(String name, int in, int out) {

    String weight() {
        return name + ".weight";
    }

    String bias() {
        return name + ".bias";
    }
}
