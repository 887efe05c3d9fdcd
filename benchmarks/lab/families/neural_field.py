"""Networks of coordinates (SIREN, Fourier features, octaves, a learned table) fitted to pictures, volumes, distances and views.

SEEN holds what the pictures showed where that is not only what was expected. Of 80 configurations one is dropped (the higher rate did good); five have second
settings (the first killed the network, or did no harm); 21 have other first labels than expected, two of them were thought healthy
or ill the other way round (nf_bytes, nf_ok_tiny). nf_gamma has one seed, as not every one meets a negative colour.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

VIEWS = {"kind": "views"}
NERF = {"kind": "octaves", "bands": 5}
SIREN = {"kind": "siren"}
WAVES = {"kind": "fourier", "sigma": 1.0}
TABLE = {"kind": "grid"}
PS = ("loss", "psnr", "val_loss", "val_psnr")
LPS = (*PS, "lr")
V = ("loss", "val_loss")

SEEN: dict[str, str | None] = {
    "nf_high_waves": "learning-rate-too-high overfitting | saturated-early loss-spikes loss-jump",
    "nf_high_momentum": "learning-rate-too-high | noisy-loss underfitting loss-spikes saturated-early not-learning | wrong-initial-loss",
    "nf_ok_distance": "healthy | saturated-early still-improving overfitting",
    "nf_high_views": "learning-rate-too-high healthy | noisy-loss saturated-early loss-spikes | slow-start",
    "nf_high_table": "learning-rate-too-high healthy | loss-jump loss-spikes saturated-early",
    "nf_low_views": "learning-rate-too-low | still-improving not-learning noisy-loss underfitting | slow-start",
    "nf_low_waves": "learning-rate-too-low | still-improving",
    "nf_integer": "underfitting not-learning | saturated-early frozen-metric",
    "nf_empty_world": "not-learning frozen-metric | underfitting saturated-early noisy-loss dead-units",
    "nf_shuffled": "underfitting not-learning | saturated-early overfitting",
    "nf_rate": "loss-jump diverging | learning-rate-too-high exploding-gradients saturated-early underfitting",
    "nf_sign": "diverging non-finite-loss | loss-jump overfitting severe-overfitting | learning-rate-too-high",
    "nf_exposure": "loss-jump diverging | saturated-early | underfitting",
    "nf_next_picture": "loss-jump loss-spikes | still-improving",
    "nf_poses": "loss-jump | validation-better-than-training saturated-early diverging",
    "nf_flash": "loss-spikes | still-improving noisy-loss loss-jump",
    "nf_over_waves": "overfitting | still-improving severe-overfitting",
    "nf_over_volume": "overfitting severe-overfitting | still-improving saturated-early",
    "nf_over_views": "overfitting | still-improving | underfitting",
    "nf_over_severe": "overfitting severe-overfitting | saturated-early loss-jump",
    "nf_over_inside": "severe-overfitting overfitting | loss-metric-disagreement",
    "nf_under_views": "underfitting | saturated-early slow-start still-improving",
    "nf_small_held": "small-validation-set | still-improving overfitting",
    "nf_blind": "frozen-metric overfitting severe-overfitting | loss-metric-disagreement underfitting",
    "nf_old": "frozen-metric | saturated-early still-improving | overfitting underfitting",
    "nf_bytes": "overfitting healthy | wrong-initial-loss still-improving slow-start",
    "nf_head": "wrong-initial-loss | still-improving saturated-early",
    "nf_slow_siren": "slow-start underfitting | still-improving saturated-early",
    "nf_slow_views": "slow-start | still-improving learning-rate-too-low",
    "nf_slow_inside": "slow-start frozen-metric loss-metric-disagreement | still-improving underfitting learning-rate-too-low",
    "nf_noisy_views": "noisy-loss | still-improving not-learning learning-rate-too-low | underfitting slow-start",
    "nf_noisy_pixels": "noisy-loss healthy | still-improving | learning-rate-too-high loss-spikes",
    "nf_raster": "unshuffled-data | noisy-loss still-improving loss-spikes | learning-rate-too-high slow-start",
    "nf_raster_views": "unshuffled-data | noisy-loss still-improving loss-spikes slow-start | learning-rate-too-high",
    "nf_eikonal": "loss-term-imbalance | regularisation-dominates underfitting still-improving learning-rate-too-low",
    "nf_smooth": "underfitting | saturated-early loss-term-imbalance slow-start | regularisation-dominates",
    "nf_weights": "regularisation-dominates | loss-term-imbalance saturated-early underfitting",
    "nf_vanish": "vanishing-gradients underfitting not-learning | saturated-early | wrong-initial-loss",
    "nf_ratio": "learning-rate-too-high underfitting wrong-initial-loss not-learning | update-ratio saturated-early | dead-units",
    "nf_dead": "dead-units | learning-rate-too-low still-improving underfitting not-learning",
    "nf_clip": "clipping-saturated | learning-rate-too-low still-improving",
    "nf_ends": "learning-rate-schedule | saturated-early underfitting",
    "nf_detached": "not-learning frozen-metric | saturated-early underfitting noisy-loss",
    "nf_empty": "underfitting regularisation-dominates | loss-term-imbalance saturated-early not-learning",
    "nf_explode": None,
    "nf_ratio_low": "learning-rate-too-low update-ratio | still-improving | not-learning",
    "nf_main_tiny": "loss-term-imbalance | underfitting still-improving saturated-early",
    "nf_collapse": "learning-rate-too-low | still-improving | slow-start activation-collapse underfitting",
    "nf_ok_siren": "healthy | still-improving overfitting",
    "nf_ok_restarts": "healthy | overfitting still-improving | loss-spikes slow-start",
    "nf_ok_table": "healthy | saturated-early | slow-start overfitting",
    "nf_ok_inside": "healthy | still-improving overfitting | slow-start frozen-metric loss-metric-disagreement underfitting noisy-loss small-validation-set",
    "nf_ok_tiny": "wrong-initial-loss healthy | saturated-early overfitting",
    "nf_ok_relative": "healthy | saturated-early | wrong-initial-loss slow-start",
    "nf_ok_eikonal": "healthy | still-improving saturated-early overfitting",
    "nf_ok_volume": "healthy | saturated-early overfitting",
    "nf_ok_weights": "healthy | saturated-early still-improving",
    "nf_ok_near_zero": "healthy | still-improving overfitting | loss-spikes noisy-loss",
    "nf_ok_bytes": "healthy | saturated-early overfitting | wrong-initial-loss",
}

CONFIGURATIONS = (
    # rates
    ill("nf_high_siren", "SIREN with Adam at 0.02, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", net=SIREN, opt={"lr": 0.02}, plan={"kind": "steps", "by": 0.03, "when": [0.7]}, steps=400, log={"every": 5, "show": ("loss",)}, dialect="siren_prints"),
    ill("nf_high_waves", "Fourier features with Adam at 0.03, cut at 75 %", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", net=WAVES, opt={"lr": 0.03}, plan={"kind": "steps", "by": 0.02, "when": [0.75]}, steps=480, log={"every": 10, "show": LPS}, dialect="nerfstudio_csv"),
    ill("nf_high_views", "views with Adam at 0.03, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes slow-start underfitting", scene=VIEWS, net=NERF, opt={"lr": 0.03}, plan={"kind": "steps", "by": 0.03, "when": [0.7]}, batch=96, steps=360, log={"every": 6, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    ill("nf_high_table", "a learned table at 0.06, cut", "learning-rate-too-high", "noisy-loss overfitting loss-spikes", net=TABLE, scene={"share": 0.9}, opt={"lr": 0.06}, plan={"kind": "steps", "by": 0.02, "when": [0.66]}, steps=400, log={"every": 8, "show": ("loss", "lr")}, dialect="wandb_export_csv"),
    ill("nf_high_momentum", "momentum at 4, never cut", "learning-rate-too-high", "noisy-loss loss-spikes", net=WAVES, opt={"kind": "sgd", "lr": 4.0}, steps=400, log={"every": 5, "show": ("loss",), "mean": False}, dialect="tiny_cuda_nn_prints"),
    ill("nf_low_siren", "SIREN at 4e-6", "learning-rate-too-low", "still-improving", net=SIREN, opt={"lr": 4e-6}, steps=400, log={"every": 10}, dialect="siren_prints"),
    ill("nf_low_waves", "Fourier features at 4e-5", "learning-rate-too-low", "still-improving", net=WAVES, opt={"lr": 4e-5}, steps=400, log={"every": 10, "show": LPS}, dialect="nerfstudio_csv"),
    ill("nf_low_views", "views with Adam at 3e-5", "learning-rate-too-low", "still-improving slow-start not-learning", scene=VIEWS, net=NERF, opt={"lr": 3e-5}, batch=96, steps=300, log={"every": 6, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    # nothing is learnt
    ill("nf_integer", "coordinates are divided as whole numbers: all zero", "not-learning underfitting", "frozen-metric noisy-loss saturated-early", trouble={"kind": "integer"}, net=SIREN, steps=300, log={"every": 6}, dialect="torch_ngp_log"),
    ill("nf_empty_world", "density dies under a ReLU: only the backdrop", "not-learning underfitting", "noisy-loss frozen-metric dead-units saturated-early", scene=VIEWS, net=NERF | {"bias": -3.0}, loss={"softplus": False}, opt={"lr": 3e-3}, batch=96, steps=240, log={"every": 6}, dialect="torch_ngp_log"),
    ill("nf_shuffled", "pixels belong to other places", "not-learning underfitting", "overfitting noisy-loss saturated-early", trouble={"kind": "shuffled"}, net={"kind": "plain"}, steps=400, log={"every": 10}, dialect="lightning_csv"),
    # jumps, spikes, the end
    ill("nf_rate", "the rate is multiplied by 40 at 60 %", "diverging loss-jump", "exploding-gradients learning-rate-too-high loss-spikes", net=SIREN, opt={"lr": 1e-3}, trouble={"kind": "rate", "at": 0.6, "size": 40.0}, steps=400, log={"every": 5, "show": ("loss", "norm"), "names": {"norm": "grad_norm"}}, dialect="wandb_export_csv"),
    ill("nf_sign", "the sign is turned at 70 %", "diverging", "loss-jump", net=WAVES, opt={"kind": "sgd", "lr": 0.1}, trouble={"kind": "sign", "at": 0.7, "size": 0.15}, steps=400, log={"every": 8}, dialect="torch_ngp_log"),
    ill("nf_gamma", "a power of 1/2.2 of a colour that turns negative", "non-finite-loss", "", net=SIREN | {"bias": 0.3}, loss={"kind": "gamma"}, opt={"lr": 5e-4}, steps=300, seeds=1, log={"every": 5, "mean": False, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    ill("nf_exposure", "from half on the pictures come with grain", "loss-jump", "", scene=VIEWS, net=NERF, opt={"lr": 4e-3}, trouble={"kind": "grain", "at": 0.5, "size": 0.12}, batch=96, steps=400, log={"every": 8, "show": ("loss", "psnr")}, dialect="splat_bars"),
    ill("nf_next_picture", "from 60 % on the axes are swapped", "loss-jump", "validation-better-than-training", net=SIREN, trouble={"kind": "next_picture", "at": 0.6}, opt={"lr": 2e-4}, steps=500, log={"every": 10, "show": ("loss", "psnr", "lr")}, dialect="nerfstudio_csv"),
    ill("nf_poses", "the cameras are shifted from 55 % on", "loss-jump", "validation-better-than-training", scene=VIEWS, net=NERF, opt={"lr": 4e-3}, trouble={"kind": "poses", "at": 0.55, "size": 0.08}, batch=96, steps=400, log={"every": 8}, dialect="nerf_pytorch_prints"),
    ill("nf_flash", "broken batches", "loss-spikes", "noisy-loss", net=SIREN, opt={"lr": 3e-4}, trouble={"kind": "flash", "size": 1.5}, steps=420, log={"every": 1, "show": ("loss",)}, dialect="tiny_cuda_nn_prints"),
    # generalisation
    ill("nf_over_waves", "Fourier features of too high a frequency", "overfitting", "severe-overfitting", net={"kind": "fourier", "sigma": 2.5}, opt={"lr": 1e-3}, steps=480, log={"every": 12}, dialect="torch_ngp_log"),
    ill("nf_over_volume", "a volume with 0.6 of its cells known", "overfitting severe-overfitting", "", scene={"kind": "volume", "side": 10, "share": 0.6}, net={"kind": "siren", "w0": 18.0}, steps=400, log={"every": 10}, dialect="nerfstudio_csv"),
    ill("nf_over_views", "five views", "overfitting severe-overfitting", "", scene=VIEWS | {"views": 5, "width": 32}, net=NERF | {"bands": 7}, opt={"lr": 4e-3}, batch=80, steps=400, log={"every": 10}, dialect="nerf_pytorch_prints"),
    ill("nf_over_severe", "a wide SIREN, a third of the pixels, grain", "severe-overfitting overfitting", "", scene={"grain": 0.08, "share": 0.35}, net={"kind": "siren", "w0": 60.0, "width": 48}, opt={"lr": 1e-3}, steps=400, log={"every": 10}, dialect="torch_ngp_log"),
    ill("nf_over_inside", "insides with false labels", "severe-overfitting overfitting loss-metric-disagreement", "", scene={"kind": "inside", "n": 500, "wrong": 0.06}, net={"kind": "siren", "w0": 12.0, "width": 48}, loss={"kind": "bce"}, steps=400, log={"every": 10, "show": ("loss", "iou", "val_loss", "val_iou")}, dialect="lightning_csv"),
    ill("nf_under_plain", "no encoding of the coordinates", "underfitting", "saturated-early still-improving", net={"kind": "plain", "width": 12, "depth": 1}, opt={"lr": 5e-3}, plan={"kind": "cosine"}, steps=500, log={"every": 12}, dialect="torch_ngp_log"),
    ill("nf_under_sigma", "frequencies far too low", "underfitting", "saturated-early still-improving", net={"kind": "fourier", "sigma": 0.08, "depth": 1, "width": 16}, opt={"lr": 5e-3}, plan={"kind": "cosine"}, steps=400, log={"every": 10}, dialect="nerfstudio_csv"),
    ill("nf_under_views", "a six-unit network without encoding", "underfitting", "saturated-early still-improving", scene=VIEWS, net={"kind": "plain", "width": 6, "depth": 1}, opt={"lr": 1e-2}, plan={"kind": "cosine"}, batch=96, steps=360, log={"every": 8}, dialect="nerf_pytorch_prints"),
    ill("nf_small_held", "six pixels drawn anew each time", "small-validation-set", "", net=WAVES, opt={"lr": 2e-3}, steps=400, log={"every": 8, "draw": 6}, scene={"share": 0.8}, dialect="torch_ngp_log"),
    ill("nf_grain_better", "strong grain in the known pixels only", "validation-better-than-training", "", scene={"grain": 0.1, "side": 40, "share": 0.85}, net=WAVES | {"sigma": 0.6}, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10}, dialect="nerfstudio_csv"),
    ill("nf_blind", "the evaluation renders beyond the far plane", "frozen-metric", "", scene=VIEWS, net=NERF, opt={"lr": 3e-3}, trouble={"kind": "blind"}, batch=96, steps=300, log={"every": 10}, dialect="nerf_pytorch_prints"),
    ill("nf_old", "an old copy is evaluated", "frozen-metric", "", net=SIREN, trouble={"kind": "old"}, steps=300, log={"every": 8}, dialect="torch_ngp_log"),
    # start, noise, order
    ill("nf_bytes", "colours from 0 to 255, a head for 0 to 1", "wrong-initial-loss", "learning-rate-too-low slow-start still-improving", scene={"high": 255.0}, net=WAVES, opt={"lr": 3e-2}, steps=400, log={"every": 8}, dialect="torch_ngp_log"),
    ill("nf_head", "the head is drawn 30 times too wide", "wrong-initial-loss", "", net=WAVES | {"head": 30.0}, opt={"lr": 5e-3}, steps=400, log={"every": 5, "show": ("loss",)}, dialect="tiny_cuda_nn_prints"),
    ill("nf_slow_siren", "three sigmoid layers", "slow-start", "still-improving", net={"kind": "plain", "act": "sigmoid", "depth": 3}, opt={"lr": 4e-3}, steps=600, log={"every": 12}, dialect="siren_prints"),
    ill("nf_slow_views", "weights a third as large", "slow-start", "still-improving", scene=VIEWS, net=NERF | {"gain": 0.35, "depth": 3}, opt={"lr": 8e-4}, batch=96, steps=400, log={"every": 8, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    ill("nf_slow_inside", "insides by momentum, weights too small", "slow-start", "still-improving", scene={"kind": "inside"}, net={"kind": "plain", "gain": 0.6, "depth": 3}, loss={"kind": "bce"}, opt={"kind": "sgd", "lr": 0.06}, steps=500, log={"every": 10, "show": ("loss", "iou", "val_loss", "val_iou")}, dialect="lightning_csv"),
    ill("nf_noisy_views", "three rays a step", "noisy-loss", "still-improving", scene=VIEWS, net=NERF, opt={"lr": 4e-4}, batch=3, steps=400, log={"every": 2, "mean": False, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    ill("nf_noisy_pixels", "three pixels a step", "noisy-loss", "still-improving", net=WAVES, opt={"lr": 3e-4}, batch=3, steps=400, log={"every": 2, "mean": False, "show": ("loss",)}, dialect="tiny_cuda_nn_prints"),
    ill("nf_raster", "pixels row by row", "unshuffled-data", "noisy-loss", raster="row", batch=48, net=WAVES, opt={"lr": 1e-3}, steps=300, log={"every": 1, "show": ("loss",)}, dialect="tiny_cuda_nn_prints"),
    ill("nf_raster_views", "view by view", "unshuffled-data", "noisy-loss", scene=VIEWS, raster="row", batch=24, net=NERF, opt={"lr": 1e-3}, steps=360, log={"every": 1, "show": ("loss", "psnr")}, dialect="nerf_pytorch_prints"),
    # terms and the inside
    ill("nf_eikonal", "the eikonal term weighs 30", "loss-term-imbalance", "underfitting", scene={"kind": "distance"}, net={"kind": "siren", "w0": 10.0}, loss={"kind": "l1", "eikonal": 30.0}, opt={"lr": 1e-4}, steps=400, log={"every": 10, "show": ("loss", "main", "eikonal", "val_loss"), "names": {"main": "sdf_loss", "eikonal": "eikonal_loss"}}, dialect="nerfstudio_csv"),
    ill("nf_smooth", "the smoothness term weighs 300", "loss-term-imbalance", "underfitting", net=WAVES, loss={"smooth": 300.0}, steps=400, log={"every": 10, "show": ("loss", "main", "smooth", "val_psnr"), "names": {"main": "rgb_loss", "smooth": "tv_loss"}}, dialect="lightning_csv"),
    ill("nf_weights", "squares of the weights times 0.003", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", net=WAVES, loss={"weights": 3e-3}, opt={"lr": 2e-3}, steps=400, log={"every": 10, "show": ("loss", "main", "reg", "val_psnr"), "names": {"main": "rgb_loss", "reg": "weight_reg"}}, dialect="nerfstudio_csv"),
    ill("nf_vanish", "five sigmoid layers", "vanishing-gradients not-learning", "slow-start underfitting saturated-early", net={"kind": "octaves", "bands": 4, "act": "sigmoid", "depth": 5}, opt={"lr": 5e-4}, steps=240, log={"every": 6, "show": ("loss",), "inside": {"grad": "grad_norm/layer{}"}}, dialect="json_lines"),
    ill("nf_ratio", "Adam at 0.2", "update-ratio learning-rate-too-high", "noisy-loss underfitting loss-spikes not-learning", net=WAVES, opt={"lr": 0.2}, steps=300, log={"every": 6, "show": ("loss",), "inside": {"ratio": "update_ratio/layer{}"}}, dialect="json_lines"),
    ill("nf_dead", "biases of -1.3", "dead-units", "underfitting not-learning", net=WAVES | {"shift": -1.3}, opt={"lr": 5e-4}, steps=320, log={"every": 8, "show": ("loss", "val_loss"), "inside": {"dead": "dead_frac/{}"}}, dialect="lightning_csv"),
    ill("nf_clip", "clipped at 0.01", "clipping-saturated", "learning-rate-too-low still-improving", net=WAVES, opt={"kind": "sgd", "lr": 0.1, "clip": 0.01, "beta": 0.0}, steps=400, log={"every": 5, "mean": False, "show": ("loss", "norm_clipped", "lr"), "names": {"norm_clipped": "grad_norm"}}, dialect="wandb_export_csv"),
    ill("nf_ends", "the schedule counts a fifth of the steps", "learning-rate-schedule", "saturated-early underfitting", net=WAVES, opt={"lr": 1e-3}, plan={"kind": "ends", "when": 0.2}, steps=400, log={"every": 8, "show": LPS}, dialect="nerfstudio_csv"),
    ill("nf_collapse", "SIREN with small weights at 1e-5", "activation-collapse", "slow-start underfitting learning-rate-too-low not-learning", net={"kind": "siren", "w0": 30.0, "gain": 0.15, "depth": 4}, opt={"lr": 1e-5}, steps=260, log={"every": 6, "show": ("loss", "val_loss"), "inside": {"spread": "act_std/layer{}"}}, dialect="json_lines"),
    ill("nf_detached", "the optimiser holds another network's parameters", "not-learning", "noisy-loss frozen-metric", trouble={"kind": "detached"}, net=WAVES, steps=300, log={"every": 6}, dialect="nerf_pytorch_prints"),
    ill("nf_empty", "space is told to be empty", "regularisation-dominates loss-term-imbalance", "underfitting not-learning", scene=VIEWS, net=NERF, loss={"empty": 0.3}, opt={"lr": 3e-3}, batch=96, steps=320, log={"every": 8, "show": ("loss", "main", "empty", "val_psnr"), "names": {"main": "rgb_loss", "empty": "density_reg"}}, dialect="lightning_csv"),
    ill("nf_explode", "the rate grows sixty times at 40 %", "exploding-gradients", "diverging loss-jump loss-spikes learning-rate-too-high", net=WAVES | {"gain": 1.6}, opt={"kind": "sgd", "lr": 0.05}, trouble={"kind": "rate", "at": 0.4, "size": 60.0}, steps=300, log={"every": 4, "show": ("loss", "norm"), "names": {"norm": "grad_norm"}}, dialect="wandb_export_csv"),
    ill("nf_ratio_low", "SGD at 2e-4", "update-ratio learning-rate-too-low", "still-improving not-learning", net=WAVES, opt={"kind": "sgd", "lr": 2e-4}, steps=300, log={"every": 6, "show": ("loss", "val_loss"), "inside": {"ratio": "ratio/{}"}}, dialect="wandb_export_csv"),
    ill("nf_main_tiny", "the distances weigh 1e-3 beside the eikonal term", "loss-term-imbalance", "underfitting not-learning", scene={"kind": "distance"}, net={"kind": "siren", "w0": 15.0}, loss={"kind": "mse", "main": 1e-3, "eikonal": 1.0}, opt={"lr": 3e-4}, steps=400, log={"every": 10, "show": ("loss", "main", "eikonal"), "names": {"main": "sdf", "eikonal": "eikonal"}}, dialect="siren_prints"),
)  # fmt: skip

HEALTHY = (
    well("nf_ok_siren", "plain SIREN", net=SIREN, scene={"share": 0.85}, opt={"lr": 2e-4}, steps=400, log={"every": 10}, also="still-improving", excused="overfitting", dialect="siren_prints"),
    well("nf_ok_waves", "plain Fourier features", net=WAVES, scene={"side": 40, "share": 0.85}, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10}, also="still-improving saturated-early overfitting", dialect="torch_ngp_log"),
    well("nf_ok_views", "plain fit of views, exponential decay", scene=VIEWS, net=NERF, opt={"lr": 4e-3}, plan={"kind": "exponential", "to": 0.1}, batch=96, steps=400, log={"every": 8}, also="still-improving validation-better-than-training", excused="slow-start", dialect="nerf_pytorch_prints"),
    well("nf_ok_views_studio", "plain fit of views, a warm-up", scene=VIEWS | {"views": 20}, net=NERF, opt={"lr": 5e-3}, plan={"kind": "cosine", "warm": 30}, batch=96, steps=400, log={"every": 8, "hold": 40, "show": LPS}, also="still-improving validation-better-than-training", excused="slow-start", dialect="nerfstudio_csv"),
    well("nf_ok_table", "a learned table: falls at once, then flat", net=TABLE, scene={"share": 0.97, "edge": 0.06}, opt={"lr": 1e-2}, plan={"kind": "exponential", "to": 0.03}, steps=400, log={"every": 8, "show": ("loss",)}, also="saturated-early still-improving", excused="slow-start", dialect="tiny_cuda_nn_prints"),
    well("nf_ok_table_bars", "the same caught from a bar", net=TABLE | {"cells": 14}, scene={"share": 0.9, "side": 40}, opt={"lr": 1e-2}, plan={"kind": "exponential", "to": 0.05}, batch=256, steps=360, log={"every": 6, "hold": 60, "show": ("loss", "val_loss", "val_mae", "val_psnr")}, also="saturated-early overfitting", excused="slow-start", dialect="splat_bars"),
    well("nf_ok_distance", "distances, losses of 1e-2", scene={"kind": "distance"}, net={"kind": "siren", "w0": 8.0}, loss={"kind": "l1"}, opt={"lr": 5e-4}, plan={"kind": "cosine"}, steps=400, log={"every": 8, "show": V}, also="still-improving saturated-early", dialect="lightning_csv"),
    well("nf_ok_eikonal", "distances with an eikonal term, both improve", scene={"kind": "distance"}, net={"kind": "siren", "w0": 8.0}, loss={"kind": "l1", "eikonal": 0.1}, opt={"lr": 5e-4}, plan={"kind": "cosine"}, steps=320, log={"every": 8, "show": ("loss", "main", "eikonal", "val_loss"), "names": {"main": "sdf_loss", "eikonal": "eikonal_loss"}}, also="still-improving", excused="overfitting", dialect="nerfstudio_csv"),
    well("nf_ok_inside", "insides, overlap is zero for a while", scene={"kind": "inside", "n": 2000}, net={"kind": "siren", "w0": 5.0}, loss={"kind": "bce"}, opt={"lr": 1e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10, "show": ("loss", "iou", "val_loss", "val_iou")}, also="still-improving overfitting", excused="slow-start", dialect="lightning_csv"),
    well("nf_ok_triangles", "cyclical rate", net=WAVES, opt={"lr": 6e-3}, plan={"kind": "triangles", "period": 80}, steps=400, scene={"side": 40}, log={"every": 5, "show": ("loss", "lr")}, also="still-improving saturated-early", excused="loss-spikes", dialect="wandb_export_csv"),
    well("nf_ok_restarts", "warm restarts", net=SIREN, scene={"share": 0.85}, opt={"lr": 1.5e-3}, plan={"kind": "restarts", "period": 100}, steps=400, log={"every": 8, "show": LPS}, also="overfitting saturated-early still-improving", excused="loss-spikes", dialect="nerfstudio_csv"),
    well("nf_ok_hump", "one cycle", net=WAVES, scene={"side": 40, "share": 0.85}, opt={"lr": 1e-2}, plan={"kind": "hump", "top": 0.3}, batch=256, steps=400, log={"every": 10, "show": LPS}, also="still-improving overfitting", dialect="lightning_csv"),
    well("nf_ok_steps", "rate cut twice: stairs", net=WAVES, scene={"side": 40, "share": 0.85}, opt={"lr": 1e-2}, plan={"kind": "steps", "by": 0.2, "when": [0.5, 0.75]}, batch=128, steps=480, log={"every": 8, "show": LPS}, also="saturated-early overfitting", excused="learning-rate-too-high", dialect="wandb_export_csv"),
    well("nf_ok_grain", "grain in all pixels: an honest floor of 1e-2", scene={"grain": 0.1, "side": 48, "share": 0.85}, net=WAVES | {"sigma": 0.6, "width": 24}, opt={"lr": 3e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10, "show": ("loss", "psnr")}, also="saturated-early", excused="underfitting", dialect="nerf_pytorch_prints"),
    well("nf_ok_rays_few", "each row a batch of 24 rays: ragged PSNR", scene=VIEWS, net=NERF, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=24, steps=600, log={"every": 5, "mean": False, "show": ("loss", "psnr")}, also="still-improving", excused="noisy-loss slow-start loss-spikes", dialect="nerf_pytorch_prints"),
    well("nf_ok_ragged", "each fourth step, not smoothed", net=SIREN, opt={"lr": 1.5e-4}, batch=48, steps=480, log={"every": 4, "mean": False, "show": ("loss",)}, also="still-improving", excused="noisy-loss", dialect="tiny_cuda_nn_prints"),
    well("nf_ok_bytes", "colours from 0 to 255, told to the head: losses of thousands", scene={"high": 255.0, "side": 40, "share": 0.85}, net=WAVES | {"head": 100.0, "bias": 127.0}, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10}, also="still-improving overfitting", dialect="siren_prints"),
    well("nf_ok_tiny", "a height map in kilometres: losses of 1e-9", scene={"kind": "grey", "high": 1e-3, "side": 40, "share": 0.85}, net=WAVES | {"head": 1e-3}, opt={"lr": 2e-3}, loss={"kind": "mse"}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10, "show": V}, also="still-improving overfitting saturated-early", excused="wrong-initial-loss", dialect="json_lines"),
    well("nf_ok_relative", "the relative error of a picture of high range", loss={"kind": "relative"}, scene={"low": 0.1, "high": 4.0, "share": 0.9, "side": 40}, net=WAVES, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10, "show": ("loss", "lr")}, also="still-improving", excused="loss-spikes wrong-initial-loss", dialect="wandb_export_csv"),
    well("nf_ok_sparse", "held-out views every 80 steps", scene=VIEWS, net=NERF, opt={"lr": 4e-3}, plan={"kind": "exponential", "to": 0.1}, batch=96, steps=400, log={"every": 5, "hold": 80, "show": ("loss", "psnr", "val_loss", "val_psnr")}, also="still-improving validation-better-than-training", excused="slow-start", dialect="nerf_pytorch_prints"),
    well("nf_ok_short", "ten lines", net=SIREN, scene={"share": 0.85}, opt={"lr": 5e-4}, steps=200, log={"every": 20}, also="still-improving too-short", dialect="torch_ngp_log"),
    well("nf_ok_volume", "a smooth volume", scene={"kind": "volume", "side": 12, "share": 0.8, "edge": 0.15}, net=WAVES | {"sigma": 0.4}, opt={"lr": 2e-3}, plan={"kind": "cosine"}, batch=256, steps=400, log={"every": 10}, also="still-improving overfitting", dialect="lightning_csv"),
    well("nf_ok_norms", "norms clipped in the first steps only", net=SIREN, opt={"lr": 3e-4, "clip": 1.0}, steps=400, log={"every": 5, "show": ("loss", "norm", "lr"), "names": {"norm": "grad_norm"}}, also="still-improving", dialect="wandb_export_csv"),
    well("nf_ok_ratios", "ratios near 1e-3", net=WAVES, opt={"lr": 1e-3}, plan={"kind": "cosine"}, steps=400, log={"every": 8, "show": ("loss", "val_loss"), "inside": {"ratio": "update_ratio/layer{}"}}, scene={"share": 0.85}, also="still-improving overfitting", excused="update-ratio", dialect="json_lines"),
    well("nf_ok_weights", "a small penalty", net=WAVES, scene={"share": 0.85}, loss={"weights": 1e-6}, opt={"lr": 2e-3}, plan={"kind": "cosine"}, steps=400, log={"every": 10, "show": ("loss", "main", "reg", "val_psnr"), "names": {"main": "rgb_loss", "reg": "weight_reg"}}, also="still-improving saturated-early", dialect="nerfstudio_csv"),
    well("nf_ok_near_zero", "a smooth picture: jitter at 1e-5", scene={"edge": 0.25, "side": 24, "share": 0.9}, net={"kind": "siren", "w0": 12.0}, opt={"lr": 1e-3}, steps=500, log={"every": 10}, also="saturated-early still-improving", excused="loss-spikes noisy-loss overfitting", dialect="torch_ngp_log"),
    well("nf_ok_long", "6,000 steps", net=WAVES, scene={"side": 48, "share": 0.9}, opt={"lr": 1e-3}, plan={"kind": "exponential", "to": 0.02}, batch=96, steps=6000, log={"every": 20, "show": ("loss", "psnr")}, also="saturated-early still-improving", seeds=1, dialect="nerf_pytorch_prints"),
)  # fmt: skip

FAMILY = Family(
    name="neural_field",
    script="neural_field",
    data="made-up pictures, volumes, distances and flat worlds seen by rays",
    model="networks of coordinates",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS + HEALTHY, SEEN),
)
