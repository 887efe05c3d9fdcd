"""Names as tools write them: metric, split, direction, role and part, by hand from the tools' documentation.

A name stands alone here: without a split word it is train's (a few metrics are hardly ever computed on the training
set and are validation's). "-" stands for no part, no split or no direction.
"""

from __future__ import annotations

TABLE = """
# Ultralytics
train/box_loss              loss            train min  term       box
val/cls_loss                loss            val   min  term       cls
train/dfl_loss              loss            train min  term       dfl
val/kobj_loss               loss            val   min  term       kobj
metrics/mAP50-95(B)         map             val   max  metric     *
metrics/precision(B)        precision       train max  metric     *
metrics/accuracy_top5       accuracy        train max  metric     *
lr/pg2                      learning_rate   -     -    schedule   *
# OpenMMLab
loss_cls                    loss            train min  term       cls
loss_rpn_bbox               loss            train min  term       rpn_bbox
s0.loss_bbox                loss            train min  term       *
decode.loss_ce              loss            train min  term       *
decode.acc_seg              accuracy        train max  metric     *
coco/bbox_mAP_50            map             val   max  metric     *
mIoU                        iou             train max  metric     -
aAcc                        accuracy        train max  metric     *
accuracy/top1               accuracy        train max  metric     *
# adversarial nets
D_loss                      loss            train min  term       d
loss_G                      loss            train min  term       g
loss_G_GAN                  loss            train min  term       *
errD                        loss            train min  term       err_d
errG                        loss            train min  term       err_g
Loss/D/loss                 loss            train min  term       d
d_loss_real                 loss            train min  term       *
gen_loss                    loss            train min  term       gen
D_A                         loss            train min  term       d_a
cycle_B                     loss            train min  term       cycle_b
idt_A                       loss            train min  term       idt_a
G_L1                        loss            train min  term       g_l1
fid50k_full                 fid             val   min  metric     *
kid50k_full                 kid             val   min  metric     *
inception_score             inception_score val   max  metric     *
gradient_penalty            loss            train min  term       gradient_penalty
# reinforcement learning
policy_loss                 loss            train min  term       policy
value_loss                  loss            train min  term       value
train/entropy_loss          loss            train min  term       entropy
train/approx_kl             kl              train -    internal   *
train/clip_fraction         clip_fraction   train -    internal   *
train/explained_variance    r2              train max  metric     -
rollout/ep_rew_mean         reward          train max  metric     *
rollout/ep_len_mean         system          -     -    system     *
eval/mean_reward            reward          val   max  metric     -
train/actor_loss            loss            train min  term       actor
train/ent_coef              entropy_coefficient train - internal  *
AverageEpRet                reward          train max  metric     *
StdEpRet                    reward          -     -    system     *
episode_reward_mean         reward          train max  metric     *
charts/episodic_return      reward          train max  metric     *
charts/SPS                  system          -     -    system     *
losses/qf1_loss             loss            train min  term       *
td_error                    error           train min  metric     td
# LeRobot
grdn                        grad_norm       -     -    internal   -
smpl                        system          -     -    system     -
updt_s                      system          -     -    system     -
data_s                      system          -     -    system     -
# language models
val_bpb                     bits_per_byte   val   min  metric     -
lm loss                     loss            train min  objective  -
train/lm_loss               loss            train min  objective  -
eval/perplexity             perplexity      val   min  metric     -
load_balancing_loss         loss            train min  term       load_balancing
router_z_loss               loss            train min  term       router_z
aux_loss                    loss            train min  term       aux
tokens_seen                 system          -     -    system     -
mfu                         system          -     -    system     -
loss_scale                  system          -     -    system     -
params norm                 weight_norm     -     -    internal   -
mean_token_accuracy         accuracy        train max  metric     *
# Transformers and TRL
eval_rougeLsum              rouge           val   max  metric     *
eval_rouge1                 rouge           val   max  metric     *
eval_matthews_correlation   mcc             val   max  metric     *
eval_spearmanr              correlation     val   max  metric     *
eval_exact_match            exact_match     val   max  metric     -
eval_runtime                system          val   -    system     *
eval_gen_len                system          val   -    system     *
total_flos                  system          -     -    system     *
rewards/accuracies          accuracy        train max  metric     *
rewards/margins             reward          train max  metric     *
reward_std                  reward          -     -    system     *
completion_length           system          -     -    system     *
# Lightning and Keras
train_loss_step             loss            train min  objective  -
train_loss_epoch            loss            train min  objective  -
lr-AdamW/pg1                learning_rate   -     -    schedule   *
sparse_categorical_accuracy accuracy        train max  metric     *
val_top_k_categorical_accuracy accuracy     val   max  metric     *
val_root_mean_squared_error rmse            val   min  metric     -
mean_io_u                   iou             train max  metric     -
val_dice_coef               dice            val   max  metric     -
cosine_similarity           cosine_similarity train max metric    -
auc_1                       auc             val   max  metric     -
output_1_loss               loss            train min  term       *
val_decoder_loss            loss            val   min  term       decoder
kullback_leibler_divergence kl              train min  metric     -
hinge                       hinge           train min  metric     -
binary_accuracy             accuracy        train max  metric     *
# boosting
train-rmse-mean             rmse            train min  metric     -
test-rmse-std               rmse            test  -    system     *
validation_0-mlogloss       logloss         val   min  *          -
valid_0's binary_logloss    logloss         val   min  *          -
training's l2               l2              train min  metric     -
merror                      error           train min  metric     -
test-ndcg@5                 ndcg            test  max  metric     *
eval-map@10                 map             val   max  metric     *
# speech and signals
valid_wer                   wer             val   min  metric     -
cer_ctc                     cer             val   min  metric     *
loss_att                    loss            train min  term       att
dev EER                     eer             val   min  metric     -
PESQ                        pesq            val   max  metric     -
STOI                        stoi            val   max  metric     -
val_si_sdr                  si_sdr          val   max  metric     -
# images, depth, segmentation
PSNR                        psnr            train max  metric     -
val/SSIM                    ssim            val   max  metric     -
LPIPS                       lpips           train min  metric     -
abs_rel                     absrel          train min  metric     -
HD95                        hausdorff       train min  metric     -
Mean Dice                   dice            train max  metric     -
balanced_accuracy           accuracy        train max  metric     *
cohen_kappa                 kappa           train max  metric     *
chamfer_distance            chamfer         train min  metric     *
# regression and ranking
RMSE                        rmse            train min  metric     -
val_R2                      r2              val   max  metric     -
SMAPE                       smape           train min  metric     -
val_crps                    crps            val   min  metric     -
NDCG@10                     ndcg            val   max  metric     *
hit_rate@10                 hits            train max  metric     *
recall@20                   recall          train max  metric     *
# top-k, percentages, errors
Acc@5                       accuracy        train max  metric     *
prec@1                      accuracy        train max  metric     *
top5_err                    error           train min  metric     *
Top-1 acc (%)               accuracy        train max  metric     *
top1Accuracy                accuracy        train max  metric     *
# splits under many names
tr_loss                     loss            train min  objective  -
fit_loss                    loss            train min  objective  -
learn_loss                  loss            train min  objective  -
devel_f1                    f1              val   max  metric     -
heldout_loss                loss            val   min  objective  -
holdout_acc                 accuracy        val   max  metric     -
cv_loss                     loss            val   min  objective  -
vali_loss                   loss            val   min  objective  -
Loss (validation)           loss            val   min  objective  -
lossTrain                   loss            train min  objective  -
loss/valid                  loss            val   min  objective  -
oos_loss                    loss            val   min  objective  -
oob_error                   error           val   min  metric     -
"""

ASIDE = """
# kept aside while the vocabulary was written: looked at to report
val/seg_loss                loss            val   min  term       seg
metrics/mAP50(M)            map             val   max  metric     *
loss_mask                   loss            train min  term       mask
mAcc                        accuracy        train max  metric     *
loss_D_real                 loss            train min  term       *
G_GAN                       loss            train min  term       g_gan
critic_loss                 loss            train min  term       critic
rec_A                       loss            train min  term       rec_a
AverageTestEpRet            reward          test  max  metric     *
surrogate_loss              loss            train min  term       surrogate
Q_loss                      loss            train min  term       q
eval/success_rate           success         val   max  metric     -
train_bpc                   bits_per_character train min metric   -
val_nll                     nll             val   min  objective  -
valid_ppl                   perplexity      val   min  metric     -
eval_bertscore_f1           f1              val   max  metric     *
eval_meteor                 meteor          val   max  metric     -
eval_samples_per_second     system          val   -    system     *
rewards/rejected            reward          train max  metric     *
mean_squared_error          mse             train min  metric     -
val_mean_absolute_percentage_error mape     val   min  metric     -
val_auc_roc                 auc             val   max  metric     *
jaccard_index               iou             train max  metric     *
val_f1_macro                f1              val   max  metric     *
val_f1_weighted             f1              val   max  metric     *
train-error                 error           train min  metric     -
eval-logloss                logloss         val   min  *          -
valid_1's multi_logloss     logloss         val   min  *          -
test-aucpr                  auc             test  max  metric     *
TER                         ter             val   min  metric     -
chrF                        chrf            val   max  metric     -
val_top1                    accuracy        val   max  metric     -
Err@1                       error           train min  metric     *
Dev loss                    loss            val   min  objective  -
trainingLoss                loss            train min  objective  -
Validation error            error           val   min  metric     -
test/acc                    accuracy        test  max  metric     -
eval_loss/step              loss            val   min  objective  -
loss_smooth                 loss            train min  *          *
ema_loss                    loss            train min  *          *
kl_loss                     loss            train min  term       kl
recon_loss                  loss            train min  term       recon
commitment_loss             loss            train min  term       commitment
weight_decay                weight_decay    -     -    schedule   -
momentum                    momentum        -     -    schedule   -
gnorm                       grad_norm       -     -    internal   -
grad/param norm             grad_norm       -     -    internal   *
clip                        clip_share      -     -    internal   -
throughput                  system          -     -    system     -
gpu_memory_gb               system          -     -    system     *
iter_time                   system          -     -    system     *
best_val_acc                accuracy        val   -    system     *
epoch_time                  system          -     -    system     *
samples_per_sec             system          -     -    system     *
val_mrr                     mrr             val   max  metric     -
Pearson                     correlation     train max  metric     -
accuracy_score              accuracy        train max  metric     *
val_iou_score               iou             val   max  metric     -
# what hooks, monitors and hand-written loops log of the inside
clip_coef                   clip_coefficient -    -    internal   -
grad_clip_frac              clip_share      -     -    internal   -
gradients_clipped           clip_share      -     -    internal   -
grad_clip_ratio             clip_ratio      -     -    internal   -
clip_ratio/low_mean         clip_fraction   -     -    internal   -
grad_norm/after_clip        grad_norm       -     -    internal   *
grad_norm_clipped           grad_norm       -     -    internal   *
grad_clip                   clip_value      -     -    schedule   -
clip_range                  clip_range      -     -    schedule   -
activations/fc1_std         activation_std  -     -    internal   fc1
activations/layers.0/rms    activation_std  -     -    internal   layers_0
act_abs_mean_0              activation_std  -     -    internal   0
layer0_act_var              activation_var  -     -    internal   layer0
layer0.output_std           activation_std  -     -    internal   layer0
hidden_0/std                activation_std  -     -    internal   0
layers.0.rms                activation_std  -     -    internal   layers_0
h1_std                      activation_std  -     -    internal   h1
activations/l2_norm/layer3/output_0 activation_std - - internal   *
act_mean/layer1             activation      -     -    internal   layer1
layers.0.weight.rms         unknown         -     -    unknown    -
bn1.running_var             unknown         -     -    unknown    -
val_score_std               score           val   -    system     -
l1_penalty                  penalty         train min  term       l1_penalty
train/regularizer           penalty         train min  term       regularizer
weight_penalty              penalty         train min  term       weight_penalty
l2_term                     penalty         train min  term       l2_term
data_term                   loss            train min  term       data
reg_weight                  loss_weight     -     -    schedule   -
reg_lambda                  loss_weight     -     -    schedule   -
reg_acc                     accuracy        train max  metric     reg
length_penalty              *               -     -    system     *
l2_norm/grad/global         grad_norm       -     -    internal   -
l2_norm/moment/fc1.weight   optimizer_state -     -    internal   fc1_weight
l2_norm/param/fc1.weight    weight_norm     -     -    internal   fc1_weight
clipping_rate               clip_fraction   -     -    internal   -
total_grad_norm             grad_norm       -     -    internal   -
param/blocks.0.norm         weight_norm     -     -    internal   *
exp_avg/blocks.0.norm       optimizer_state -     -    internal   *
(activations) conv1_std     activation_std  -     -    internal   conv1
inactive_units/fc1          dead_units      -     -    internal   fc1
dormant_ratio               dead_units      -     -    internal   -
relu1_dead_pct              dead_units      -     -    internal   relu1
frac_zero_act/l1            zero_share      -     -    internal   l1
weight_zero_frac/fc1        sparsity        -     -    internal   -
sat_frac/l1                 saturation      -     -    internal   l1
saturated_pct/fc2           saturation      -     -    internal   fc2
upd_ratio/fc1               update_ratio    -     -    internal   fc1
relative_update/fc1         update_ratio    -     -    internal   fc1
update_to_data/fc1          update_ratio    -     -    internal   fc1
lr_update_ratio/fc1         update_ratio    -     -    internal   *
grad_to_weight/fc1          grad_ratio      -     -    internal   -
clip_flag                   clip_fraction   -     -    internal   -
act_scale/block3            activation_std  -     -    internal   block3
l2reg                       penalty         train min  term       l2reg
elastic_net                 penalty         train min  term       elastic_net
bn_momentum                 momentum        -     -    schedule   -
update_frac/fc1             update_ratio    -     -    internal   fc1
params/norm/total           weight_norm     -     -    internal   -
updates/norm/total          update_norm     -     -    internal   -
gradient_update/fc1.weight  update_ratio    -     -    internal   fc1_weight
grad_2.0_norm_total         grad_norm       -     -    internal   -
grad_2.0_norm/fc1.weight    grad_norm       -     -    internal   fc1_weight
learning/raw_grad_norm      grad_norm       -     -    internal   -
"""
Expected = tuple[str, str, str, str, str]


def table(text: str) -> dict[str, Expected]:
    """Name → metric, split, goal, role, part."""
    found: dict[str, Expected] = {}
    for line in text.splitlines():
        if line and not line.startswith("# "):
            name, metric, split, goal, role, term = line.rsplit(None, 5)
            found[name.strip()] = (metric, split, goal, role, term)
    return found
