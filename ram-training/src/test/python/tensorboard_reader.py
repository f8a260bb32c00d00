"""Prints what TensorBoard reads of a run: each scalar's last step and value, and the sizes of its pictures, as JSON."""

import json
import sys

from tensorboard.backend.event_processing import event_accumulator

run = event_accumulator.EventAccumulator(sys.argv[1], size_guidance={event_accumulator.IMAGES: 0})
run.Reload()
tags = run.Tags()
scalars = {tag: [run.Scalars(tag)[-1].step, run.Scalars(tag)[-1].value] for tag in tags["scalars"]}
pictures = {tag: [[image.step, image.width, image.height] for image in run.Images(tag)] for tag in tags["images"]}
print(json.dumps({"scalars": scalars, "pictures": pictures}))
