"""Names written down with their meaning before any was tried: 53 of 109 were understood (``benchmarks/READING.md``).

The columns are those of ``names.py``.
"""

from __future__ import annotations

TABLE = """
# several losses a run
trn_obj_loss                loss            train min  term       obj
valid/dfl                   loss            val   min  term       dfl
loss_objectness             loss            train min  term       objectness
loss_rpn_loc                loss            train min  term       rpn_loc
d0.loss_mask                loss            train min  term       *
D_loss_real                 loss            train min  term       *
lossD                       loss            train min  term       d
gen_total_loss              loss            train min  *          *
train/clip_frac             *               -     -    internal   *
policy_gradient_loss        loss            train min  term       *
losses/clipfrac             *               -     -    internal   *
losses/old_approx_kl        kl              -     -    internal   *
critic1_loss                loss            train min  term       *
actor_grad_norm             grad_norm       -     -    internal   *
lossG_adv                   loss            train min  term       *
ctc_loss                    loss            train min  term       ctc
att_loss                    loss            train min  term       att
kld_loss                    loss            train min  term       kld
val_recon_loss              loss            val   min  term       recon
BCELoss                     loss            train min  term       bce
MSELoss                     loss            train min  term       mse
valid_CELoss                loss            val   min  term       ce
RPNAcc                      accuracy        train max  metric     *
train_MSELoss               loss            train min  term       mse
# metrics and their directions
eval_eval_accuracy          accuracy        val   max  metric     -
val_top_5_accuracy          accuracy        val   max  metric     *
Acc@1                       accuracy        train max  metric     *
err@5                       error           train min  metric     *
top1err                     error           train min  metric     -
val_balanced_acc            accuracy        val   max  metric     balanced
valid_auprc                 auc             val   max  metric     *
pr_auc                      auc             val   max  metric     *
average_precision           map             val   max  metric     *
val/AP75                    map             val   max  metric     *
mAP_0.5:0.95                map             val   max  metric     *
mean_iou                    iou             train max  metric     -
val_dsc                     dice            val   max  metric     -
hd95                        hausdorff       train min  metric     *
sacrebleu                   bleu            val   max  metric     -
valid_wer_avg               wer             val   min  metric     -
test_PER                    per             test  min  metric     -
token_error_rate            error           train min  metric     token
dev_uas                     *               val   max  metric     *
LAS                         *               *     max  metric     *
bits/char                   bits_per_character train min metric   -
bits_per_dim                bits_per_dimension train min metric   -
val_bits_per_byte           bits_per_byte   val   min  metric     -
NRMSE                       *               train min  metric     -
val_rel_l2                  l2              val   min  metric     *
median_absolute_error       mae             train min  metric     *
R^2                         r2              train max  metric     -
val_r2_score                r2              val   max  metric     -
explained_var               r2              train max  metric     *
cumulative_reward           reward          train max  metric     *
ep_rew_mean                 reward          train max  metric     *
val_psnr_y                  psnr            val   max  metric     *
MS-SSIM                     ssim            train max  metric     *
frechet_inception_distance  fid             val   min  metric     -
IS_mean                     inception_score val   max  metric     -
clip_score                  *               *     max  metric     *
valid_neg_log_likelihood    nll             val   min  objective  -
neg_elbo                    *               train min  objective  *
minDCF                      *               *     min  metric     *
val_eer                     eer             val   min  metric     -
MRR@10                      mrr             val   max  metric     *
NDCG@20                     ndcg            val   max  metric     *
Hit@10                      hits            *     max  metric     *
recall_at_k                 recall          train max  metric     *
hits@1_filtered             hits            *     max  metric     *
brier                       *               train min  metric     -
calibration_error           *               train min  metric     *
ECE                         *               *     min  metric     -
c_index                     *               *     max  metric     -
misclassification_rate      error           train min  metric     -
minADE                      *               *     min  metric     *
val_acc_percent             accuracy        val   max  metric     -
# smoothed and raw, step and epoch
loss_ema                    loss            train min  objective  *
running_loss                loss            train min  objective  -
val_loss_dataloader_idx_0   loss            val   min  *          *
train/loss_epoch            loss            train min  objective  -
# splits under many names, several languages
Trainingsverlust            loss            train min  objective  -
Validierungsverlust         loss            val   min  objective  -
perte_validation            loss            val   min  objective  -
perte_entrainement          loss            train min  objective  -
perda_treino                loss            train min  objective  -
acurácia_validação          accuracy        val   max  metric     -
pérdida                     loss            train min  objective  -
exactitud_prueba            accuracy        test  max  metric     -
训练损失                     loss            train min  objective  -
验证损失                     loss            val   min  objective  -
测试准确率                   accuracy        test  max  metric     -
損失                         loss            train min  objective  -
検証精度                     accuracy        val   max  metric     -
검증 손실                    loss            val   min  objective  -
потери_валидация            loss            val   min  objective  -
точность                    accuracy        train max  metric     -
loss_on_heldout             loss            val   min  objective  -
in_sample_loss              loss            train min  objective  -
out_of_sample_loss          loss            val   min  objective  -
unseen_acc                  accuracy        val   max  metric     -
dev-clean_wer               wer             val   min  metric     *
# what is no curve of learning
loss_weight_cls             *               -     -    schedule   *
lr_encoder                  learning_rate   -     -    schedule   *
total_grad_norm             grad_norm       -     -    internal   *
sec/epoch                   *               -     -    system     *
patience                    *               -     -    system     *
samples_seen                *               -     -    system     *
kl_weight                   *               -     -    schedule   *
grad_time_ms                *               -     -    system     *
train/n_updates             *               -     -    system     *
info/num_target_updates     *               -     -    system     *
timesteps_since_restore     *               -     -    system     *
training_iteration          *               -     -    system     *
HellaSwag accuracy          accuracy        val   max  metric     *
neg_mean_squared_error      mse             train max  metric     -
gNorm                       grad_norm       -     -    internal   -
image_to_text_R@1           recall          train max  metric     *
train/rewards/rejected      reward          -     -    internal   *
info/learner/kl             kl              -     -    internal   *
info/learner/cur_kl_coeff   *               -     -    schedule   *
lr_gamma                    *               -     -    system     *
losses/kl                   loss            train min  term       kl
"""

SECOND = """
# written down after the first list had been learnt: 55 of 67 were understood when first tried
train/loss_vlb              loss            train min  term       vlb
loss_dict/loss_heatmap      loss            train min  term       *
val/pose_loss               loss            val   min  term       pose
rpn_loss_cls                loss            train min  term       rpn_cls
mel_loss                    loss            train min  term       mel
loss/g/total                loss            train min  *          *
disc_fake_loss              loss            train min  term       *
train/kl_loss               loss            train min  term       kl
critic/value_loss           loss            train min  term       *
rollout/success_rate        success         *     max  metric     *
eval/episode_reward         reward          val   max  metric     *
train/alpha_loss            loss            train min  term       alpha
policy/approxkl_avg         *               -     -    internal   *
val/ntokens                 *               -     -    system     *
objective/kl                kl              -     -    internal   *
objective/rlhf_reward       reward          train max  metric     *
val/rewards/margins         reward          val   max  metric     *
val_jaccard_index           iou             val   max  metric     *
BinaryAccuracy              accuracy        train max  metric     *
val_MulticlassF1Score       f1              val   max  metric     *
valid_average_precision     map             val   max  metric     -
macro_f1_dev                f1              val   max  metric     macro
test_balanced_accuracy_score accuracy       test  max  metric     *
val_top1_err                error           val   min  metric     *
error_rate_train            error           train min  metric     -
word_acc                    accuracy        train max  metric     word
dev_bleu4                   bleu            val   max  metric     *
chrf++_valid                chrf            val   max  metric     *
val/SI-SDRi                 si_sdr          val   max  metric     *
mAP@50                      map             val   max  metric     *
mask_ap                     map             val   max  metric     mask
rmse_log                    rmse            train min  metric     *
val_log_rmse                rmse            val   min  metric     *
MAPE_test                   mape            test  min  metric     -
median_abs_err              error           train min  metric     *
spearman_r_val              correlation     val   max  metric     *
logcosh_val                 *               val   min  *          *
bits_per_token              *               train min  metric     *
ppl_valid                   perplexity      val   min  metric     -
Validation Log-Loss         *               val   min  objective  -
TrainCrossEntropy           cross_entropy   train min  objective  -
CE_loss_valid               loss            val   min  *          *
xent_dev                    cross_entropy   val   min  objective  -
mean_train_loss_per_epoch   loss            train min  objective  -
smoothed_val_loss           loss            val   min  objective  -
eval_loss_wikitext          loss            val   min  term       wikitext
LossValid                   loss            val   min  objective  -
acc_tr                      accuracy        train max  metric     -
acc_te                      accuracy        test  max  metric     -
tr_acc                      accuracy        train max  metric     -
score/val                   score           val   max  metric     -
perte_val                   loss            val   min  objective  -
Validierungsgenauigkeit     accuracy        val   max  metric     -
exactitud_entrenamiento     accuracy        train max  metric     -
loss_allenamento            loss            train min  *          *
损失/训练                    loss            train min  objective  -
平均损失                     loss            train min  objective  -
学习率                       learning_rate   -     -    schedule   *
テスト損失                   loss            test  min  objective  -
ошибка_тест                 error           test  min  metric     -
gpu_util                    *               -     -    system     *
tokens_per_sec              *               -     -    system     *
train/global_grad_norm      grad_norm       -     -    internal   *
optimizer/lr_group_0        learning_rate   -     -    schedule   *
weight_norm/layer1          weight_norm     -     -    internal   *
l1_accuracy                 accuracy        train max  metric     l1
val_l1_err                  *               val   min  metric     *
err_top5                    error           train min  metric     *
"""
